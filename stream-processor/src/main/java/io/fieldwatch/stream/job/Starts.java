package io.fieldwatch.stream.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The latest starts that did not come to an orderly end, each within two minutes of the one before,
 * oldest first. A job that dies again and again soon after its start must not go on like that: what
 * it finds on HDFS may be what kills it.
 *
 * <p>After {@value #MOST} such starts the next one leaves Spark's checkpoint aside. If that one
 * fails, too, there is none for a while. Being killed only counts towards the first: it is not the
 * job's own failure.
 */
record Starts(List<Start> list) {
  static final Duration WINDOW = Duration.ofMinutes(2);
  private static final int MOST = 3;
  private static final int KEPT = 10;

  Starts {
    list = List.copyOf(list);
  }

  /** What became of a start, as far as is known. */
  enum End {
    /** It may be running, or was killed. */
    UNKNOWN,
    /** It ended with a failure, having started with the checkpoint. */
    FAILED,
    /** It ended with a failure, having left the checkpoint aside. */
    FAILED_WITHOUT_CHECKPOINT
  }

  record Start(Instant at, End end) {}

  /** Those that follow each other closely enough, up to now. */
  Starts since(Instant now) {
    int first = list.size();
    Instant next = now;
    while (first > 0 && list.get(first - 1).at().isAfter(next.minus(WINDOW))) {
      first--;
      next = list.get(first).at();
    }
    return new Starts(list.subList(Math.max(first, list.size() - KEPT), list.size()));
  }

  /** Whether the next start leaves the checkpoint aside. */
  boolean distrustCheckpoint() {
    return list.size() >= MOST;
  }

  /** Whether the job has failed {@value #MOST} times, and then without the checkpoint, too. */
  boolean areHopeless() {
    return list.stream().filter(start -> start.end() != End.UNKNOWN).count() > MOST
        && list.get(list.size() - 1).end() == End.FAILED_WITHOUT_CHECKPOINT;
  }

  /** With one more, whose end is not known yet. */
  Starts plus(Instant now) {
    List<Start> more = new ArrayList<>(list);
    more.add(new Start(now, End.UNKNOWN));
    return new Starts(more);
  }

  /** The last one has ended like this. */
  Starts ended(End end) {
    List<Start> changed = new ArrayList<>(list);
    Start last = changed.remove(changed.size() - 1);
    changed.add(new Start(last.at(), end));
    return new Starts(changed);
  }

  /** A line for each start. */
  String text() {
    return list.stream()
        .map(start -> start.at() + " " + start.end() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Reads what {@link #text} wrote. Lines that say anything else are passed over: this only guards
   * against loops, and must not be what ends a start.
   */
  static Starts parse(String text) {
    return new Starts(text.lines().map(Starts::start).flatMap(Optional::stream).toList());
  }

  private static Optional<Start> start(String line) {
    int space = line.indexOf(' ');
    try {
      return Optional.of(
          new Start(
              Instant.parse(line.substring(0, Math.max(0, space))),
              End.valueOf(line.substring(space + 1))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
