package io.fieldwatch.agent.spool;

import io.fieldwatch.reading.PackId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known in memory about one segment file. Guarded by its {@link Spool}.
 *
 * <p>Invariant: {@code nextSeq = header.first.seq + records before end}, and {@code pendingPacks}
 * counts the records of those that are not acknowledged.
 */
final class Segment {
  private static final String SUFFIX = ".seg";

  private final Path file;
  private final long number;
  private final SegmentFormat.Header header;

  private long end = SegmentFormat.HEADER_BYTES;
  private long nextSeq;
  private long produced;
  private long pendingPacks;
  private long pendingReadings;
  private boolean damaged;

  Segment(Path folder, long number, SegmentFormat.Header header) {
    this.file = fileOf(folder, number);
    this.number = number;
    this.header = header;
    this.nextSeq = header.first().seq();
    this.produced = header.producedBefore();
  }

  static Path fileOf(Path folder, long number) {
    return folder.resolve(String.format(Locale.ROOT, "%010d%s", number, SUFFIX));
  }

  /** The number of a segment file, or empty if the file is none. */
  static Optional<Long> numberOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("\\d{10}\\.seg")) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
  }

  /** Notes a record that has been written at the end. */
  void appended(int bytes, long producedNow, int readings) {
    end += bytes;
    nextSeq++;
    produced = producedNow;
    pendingPacks++;
    pendingReadings += readings;
  }

  void acknowledged(int readings) {
    pendingPacks--;
    pendingReadings -= readings;
  }

  void markDamaged() {
    damaged = true;
  }

  /**
   * Nothing behind this position is used: the rest of the file was found unreadable.
   *
   * @param packsLeft the packs before it that are not acknowledged
   * @param readingsLeft the readings in them
   */
  void cutAt(long position, long packsLeft, long readingsLeft) {
    end = position;
    pendingPacks = packsLeft;
    pendingReadings = readingsLeft;
    damaged = true;
  }

  /**
   * Removes the file; one with damage is kept beside, under {@code .bad}, for people to look at.
   */
  void discard() throws IOException {
    if (damaged) {
      setAside(file);
    } else {
      Files.deleteIfExists(file);
    }
  }

  static void setAside(Path file) throws IOException {
    Path bad = file.resolveSibling(file.getFileName() + ".bad");
    for (int i = 2; Files.exists(bad); i++) {
      bad = file.resolveSibling(file.getFileName() + "." + i + ".bad");
    }
    Files.move(file, bad, StandardCopyOption.ATOMIC_MOVE);
  }

  FileChannel openForReading() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  FileChannel openForWriting() throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  Path file() {
    return file;
  }

  long number() {
    return number;
  }

  String epoch() {
    return header.first().epoch();
  }

  PackId nextId() {
    return new PackId(epoch(), nextSeq);
  }

  long nextSeq() {
    return nextSeq;
  }

  /** Readings produced in the epoch up to the end of this segment. */
  long produced() {
    return produced;
  }

  long producedBefore() {
    return header.producedBefore();
  }

  long firstSeq() {
    return header.first().seq();
  }

  /** Bytes of the file that are in use. */
  long end() {
    return end;
  }

  long pendingPacks() {
    return pendingPacks;
  }

  long pendingReadings() {
    return pendingReadings;
  }

  boolean isDamaged() {
    return damaged;
  }

  boolean isEmpty() {
    return nextSeq == firstSeq();
  }
}
