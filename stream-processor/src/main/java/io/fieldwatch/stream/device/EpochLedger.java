package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.stream.dedup.SeqRanges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The account of one epoch of one device: running totals since its first pack. For an epoch that is
 * quiet, {@code produced = stored + late + quarantined + dropped at the source}.
 *
 * @param epoch the epoch, or {@link #UNSEQUENCED} for packs without identity
 * @param seqs the seqs received
 * @param packs packs applied, without duplicates
 * @param stored readings that are in windows
 * @param late readings behind the revision horizon
 * @param quarantined readings that were refused for another reason
 * @param refusedPacks packs that could not be decoded; how many readings they held is unknown
 * @param duplicatePacks packs that had been applied before
 * @param duplicateReadings readings in those
 */
public record EpochLedger(
    String epoch,
    SeqRanges seqs,
    long packs,
    long stored,
    long late,
    long quarantined,
    long refusedPacks,
    long duplicatePacks,
    long duplicateReadings) {

  /** Stands for the epoch of packs that carry none. */
  public static final String UNSEQUENCED = "-";

  public EpochLedger {
    requireNonNull(epoch, "epoch is null");
    requireNonNull(seqs, "seqs is null");
  }

  static EpochLedger empty(String epoch) {
    return new EpochLedger(epoch, SeqRanges.none(), 0, 0, 0, 0, 0, 0, 0);
  }

  EpochLedger received(long seq) {
    return new EpochLedger(
        epoch,
        seqs.with(seq),
        packs,
        stored,
        late,
        quarantined,
        refusedPacks,
        duplicatePacks,
        duplicateReadings);
  }

  EpochLedger applied(int newStored, int newLate, int newQuarantined) {
    return new EpochLedger(
        epoch,
        seqs,
        packs + 1,
        stored + newStored,
        late + newLate,
        quarantined + newQuarantined,
        refusedPacks,
        duplicatePacks,
        duplicateReadings);
  }

  EpochLedger duplicate(int readings) {
    return new EpochLedger(
        epoch,
        seqs,
        packs,
        stored,
        late,
        quarantined,
        refusedPacks,
        duplicatePacks + 1,
        duplicateReadings + readings);
  }

  EpochLedger refusedPack() {
    return new EpochLedger(
        epoch,
        seqs,
        packs,
        stored,
        late,
        quarantined,
        refusedPacks + 1,
        duplicatePacks,
        duplicateReadings);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(epoch);
    seqs.write(out);
    out.writeLong(packs);
    out.writeLong(stored);
    out.writeLong(late);
    out.writeLong(quarantined);
    out.writeLong(refusedPacks);
    out.writeLong(duplicatePacks);
    out.writeLong(duplicateReadings);
  }

  static EpochLedger read(DataInput in) throws IOException {
    return new EpochLedger(
        in.readUTF(),
        SeqRanges.read(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
