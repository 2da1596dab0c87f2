package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.stream.dedup.SeqRanges;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
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

  /** A pack was applied, after which these seqs are the received ones. */
  EpochLedger applied(SeqRanges newSeqs, int newStored, int newLate, int newQuarantined) {
    return new EpochLedger(
        epoch,
        newSeqs,
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

  void write(WireWriter out) {
    out.text(1, epoch);
    int begun = out.begin(2);
    seqs.write(out);
    out.end(begun);
    out.number(3, packs);
    out.number(4, stored);
    out.number(5, late);
    out.number(6, quarantined);
    out.number(7, refusedPacks);
    out.number(8, duplicatePacks);
    out.number(9, duplicateReadings);
  }

  static EpochLedger read(WireReader in) throws IOException {
    String epoch = "";
    SeqRanges seqs = SeqRanges.none();
    long[] counts = new long[7];
    while (in.next()) {
      switch (in.field()) {
        case 1 -> epoch = in.text();
        case 2 -> seqs = SeqRanges.read(in.message());
        case 3, 4, 5, 6, 7, 8, 9 -> counts[in.field() - 3] = in.number();
        default -> in.skip();
      }
    }
    return new EpochLedger(
        epoch, seqs, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
  }
}
