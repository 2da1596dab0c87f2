package io.fieldwatch.agent.spool;

import io.fieldwatch.agent.spool.Checkpoint.Cursor;
import io.fieldwatch.agent.spool.Checkpoint.Saved;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what an earlier process left in a spool's folder. Damage never stops it: a file without
 * a readable header is set aside as {@code .bad}, one with an unreadable record is used up to
 * there.
 */
final class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());

  private final Path folder;
  private final Optional<Saved> saved;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private Optional<Cursor> cursor;
  private long lastNumber;
  private int damagedSegments;
  private boolean tailIntact;

  private Recovery(Path folder, Checkpoint checkpoint) {
    this.folder = folder;
    this.saved = checkpoint.saved();
    this.cursor = saved.map(Saved::cursor);
  }

  static Recovery of(Path folder, Checkpoint checkpoint) throws IOException {
    Recovery recovery = new Recovery(folder, checkpoint);
    for (Path file : recovery.segmentFiles()) {
      recovery.load(file);
    }
    recovery.discardFinished();
    return recovery;
  }

  private List<Path> segmentFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Segment.numberOf(file).isPresent()).sorted().toList();
    }
  }

  private void load(Path file) throws IOException {
    lastNumber = Segment.numberOf(file).orElseThrow();
    tailIntact = false;
    try (FileChannel channel = FileChannel.open(file)) {
      Optional<SegmentFormat.Header> header = SegmentFormat.readHeader(channel);
      if (header.isPresent()) {
        Segment segment = new Segment(folder, lastNumber, header.get());
        scan(segment, channel);
        segments.addLast(segment);
        return;
      }
    }
    damagedSegments++;
    LOG.log(Level.WARNING, "Segment has no readable header and is set aside: segment={0}", file);
    Segment.setAside(file);
  }

  private void scan(Segment segment, FileChannel channel) throws IOException {
    long size = channel.size();
    RecordReader reader = new RecordReader(channel, SegmentFormat.HEADER_BYTES);
    while (true) {
      long start = reader.position();
      RecordReader.Outcome outcome = reader.advance(size);
      if (outcome == RecordReader.Outcome.RECORD && reader.seq() == segment.nextSeq()) {
        segment.appended((int) (reader.position() - start), reader.produced(), reader.readings());
        if (isAcknowledged(segment, reader.seq())) {
          segment.acknowledged(reader.readings());
        }
        continue;
      }
      tailIntact = outcome == RecordReader.Outcome.END || outcome == RecordReader.Outcome.TORN;
      if (!tailIntact) {
        markDamaged(segment);
      }
      return;
    }
  }

  private void markDamaged(Segment segment) {
    damagedSegments++;
    segment.markDamaged();
    LOG.log(
        Level.WARNING,
        "Segment is damaged and used up to there: segment={0} offset={1}",
        segment.file(),
        segment.end());
  }

  private boolean isAcknowledged(Segment segment, long seq) {
    return cursor.map(c -> c.epoch().equals(segment.epoch()) && seq <= c.seq()).orElse(false);
  }

  /** Epochs before that of the cursor are acknowledged whole: the broker gets packs in order. */
  private void discardFinished() throws IOException {
    boolean cursorIsHere =
        segments.stream().anyMatch(s -> cursor.map(c -> c.epoch().equals(s.epoch())).orElse(false));
    while (cursorIsHere && !segments.getFirst().epoch().equals(cursor.orElseThrow().epoch())) {
      segments.removeFirst().discard();
    }
  }

  /** The segments in order, oldest first. */
  Deque<Segment> segments() {
    return segments;
  }

  /** The greatest number a segment had; 0 if there was none. */
  long lastNumber() {
    return lastNumber;
  }

  int damagedSegments() {
    return damagedSegments;
  }

  /**
   * Where the acknowledged part ends; without a checkpoint, what is gone counts as acknowledged.
   */
  Optional<Cursor> cursor() {
    if (cursor.isEmpty() && !segments.isEmpty()) {
      Segment first = segments.getFirst();
      long packs = first.firstSeq() - 1;
      cursor = Optional.of(new Cursor(first.epoch(), packs, packs, first.producedBefore()));
    }
    return cursor;
  }

  /**
   * The segment to go on with; empty if a seq may have been given out that is no longer here. That
   * seq would then name two different packs, and the second would be taken for a resent first one.
   */
  Optional<Segment> tail(Checkpoint checkpoint) {
    if (segments.isEmpty() || !tailIntact || !checkpoint.isContinuous()) {
      return Optional.empty();
    }
    Segment last = segments.getLast();
    boolean acknowledgedBeyond =
        cursor()
            .map(c -> c.epoch().equals(last.epoch()) && c.seq() >= last.nextSeq())
            .orElse(false);
    return acknowledgedBeyond || wasBegunInVain(last) ? Optional.empty() : Optional.of(last);
  }

  /**
   * Whether the segment before it was used on, because a failing disk left the file but refused the
   * change of segments: seqs from its first on are given out already.
   */
  private boolean wasBegunInVain(Segment last) {
    return segments.stream()
        .anyMatch(
            segment ->
                segment != last
                    && segment.epoch().equals(last.epoch())
                    && segment.nextSeq() > last.firstSeq());
  }
}
