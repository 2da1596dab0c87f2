package io.fieldwatch.agent.spool;

import io.fieldwatch.reading.DeviceId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file {@code checkpoint}: how far the broker has acknowledged, in two slots of 128 bytes that
 * are written in turn, so that a torn write leaves the other one. Losing it costs re-sends only.
 *
 * <table>
 * <caption>Slot, big-endian</caption>
 * <tr><th>at</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>8</td><td>generation; the slot with the greater one counts</td></tr>
 * <tr><td>8</td><td>16</td><td>epoch, ASCII, padded with zeros</td></tr>
 * <tr><td>24</td><td>8</td><td>seq up to which all is acknowledged or dropped</td></tr>
 * <tr><td>32</td><td>8</td><td>packs of the epoch acknowledged</td></tr>
 * <tr><td>40</td><td>8</td><td>readings of the epoch acknowledged</td></tr>
 * <tr><td>48</td><td>8</td><td>hash of the boot id</td></tr>
 * <tr><td>56</td><td>8</td><td>1 if the spool was closed in order, else 0</td></tr>
 * <tr><td>64</td><td>4</td><td>CRC32C of bytes 0 to 63</td></tr>
 * </table>
 */
final class Checkpoint implements Closeable {
  private static final int SLOT_BYTES = 128;
  private static final int CHECKSUM_AT = 64;
  private static final int EPOCH_AT = 8;

  /** How far the broker has acknowledged within one epoch. */
  record Cursor(String epoch, long seq, long packs, long readings) {
    Cursor acknowledge(String packEpoch, long packSeq, int packReadings) {
      return packEpoch.equals(epoch)
          ? new Cursor(epoch, packSeq, packs + 1, readings + packReadings)
          : new Cursor(packEpoch, packSeq, 1, packReadings);
    }

    /** Passes over packs that are given up. */
    Cursor skipTo(String packEpoch, long packSeq) {
      return packEpoch.equals(epoch)
          ? new Cursor(epoch, Math.max(seq, packSeq), packs, readings)
          : new Cursor(packEpoch, packSeq, 0, 0);
    }
  }

  /** What the last process left. */
  record Saved(Cursor cursor, long bootHash, boolean closedInOrder) {}

  private final FileChannel channel;
  private final long bootHash;
  private final Optional<Saved> saved;
  private long generation;

  private Checkpoint(FileChannel channel, BootId boot) throws IOException {
    this.channel = channel;
    this.bootHash = boot.hash();
    this.saved = load();
  }

  static Checkpoint open(Path folder, BootId boot) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("checkpoint"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    return new Checkpoint(channel, boot);
  }

  /** What the last process left; empty if there was none, or both slots are unreadable. */
  Optional<Saved> saved() {
    return saved;
  }

  /** Whether nothing that the last process wrote can have been lost unseen. */
  boolean isContinuous() {
    return saved.map(s -> s.closedInOrder() || s.bootHash() == bootHash).orElse(false);
  }

  /** Writes to the operating system, which keeps it even if this process is killed. */
  void write(Cursor cursor) throws IOException {
    write(cursor, 0);
  }

  /** Writes to the disk: survives a power failure. */
  void writeDurably(Cursor cursor) throws IOException {
    write(cursor, 0);
    channel.force(false);
  }

  /** Writes to the disk that nothing will be appended any more. */
  void writeClosed(Cursor cursor) throws IOException {
    write(cursor, 1);
    channel.force(false);
  }

  private void write(Cursor cursor, long closed) throws IOException {
    generation++;
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
    slot.putLong(generation);
    SegmentFormat.putEpoch(slot, cursor.epoch());
    slot.putLong(cursor.seq()).putLong(cursor.packs()).putLong(cursor.readings());
    slot.putLong(bootHash).putLong(closed);
    slot.putInt(SegmentFormat.checksum(new CRC32C(), slot, 0, CHECKSUM_AT));
    slot.clear();
    long start = generation % 2 * SLOT_BYTES;
    while (slot.hasRemaining()) {
      channel.write(slot, start + slot.position());
    }
  }

  private Optional<Saved> load() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(2 * SLOT_BYTES);
    int read = 0;
    while (read >= 0 && file.hasRemaining()) {
      read = channel.read(file, file.position());
    }
    Optional<Saved> newest = Optional.empty();
    for (int start = 0; start < 2 * SLOT_BYTES; start += SLOT_BYTES) {
      long slotGeneration = file.getLong(start);
      Optional<Saved> slot = decode(file, start);
      if (slot.isPresent() && slotGeneration > generation) {
        generation = slotGeneration;
        newest = slot;
      }
    }
    return newest;
  }

  private static Optional<Saved> decode(ByteBuffer file, int start) {
    int checksum = SegmentFormat.checksum(new CRC32C(), file, start, CHECKSUM_AT);
    String epoch = SegmentFormat.getEpoch(file, start + EPOCH_AT);
    if (file.getInt(start + CHECKSUM_AT) != checksum || !DeviceId.isName(epoch)) {
      return Optional.empty();
    }
    Cursor cursor =
        new Cursor(
            epoch, file.getLong(start + 24), file.getLong(start + 32), file.getLong(start + 40));
    return Optional.of(new Saved(cursor, file.getLong(start + 48), file.getLong(start + 56) == 1));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
