package io.fieldwatch.benchmark.run;

import java.util.List;

/**
 * How fast a system was between two moments of its run. The same rule holds for all of them:
 *
 * <p>A {@link Mark} says that at a time a system had worked through so many readings of the stream.
 * Of a system that appends windows there is a mark for each window that is due at about the same
 * reading by any definition of a watermark: sorted by the broker's time of the append, the i-th of
 * them shows that it came as far as where the i-th of them is due. The pace is taken from the first
 * mark at a fifth of the stream to the first at 95 % of it, which leaves out start-up, the
 * compiler's warming up, and the end, where windows stay open. Results that come in bursts are
 * taken whole: among marks of one time the furthest counts.
 *
 * @param fromMillis when it began, by the clock of this machine
 * @param readings that were worked through in it
 */
public record Pace(long fromMillis, long toMillis, double readings) {
  private static final double BEGIN_SHARE = 0.2;
  private static final double END_SHARE = 0.95;

  /** A moment and how far a system had come. */
  public record Mark(long millis, double readings) {}

  /**
   * The pace of a run.
   *
   * @param marks ascending in both
   * @param total how many readings the stream has
   * @throws IllegalArgumentException if the marks do not reach the end, or it took no time
   */
  public static Pace of(List<Mark> marks, long total) {
    Mark begin = furthestAt(marks, BEGIN_SHARE * total);
    Mark end = furthestAt(marks, END_SHARE * total);
    if (end.millis <= begin.millis) {
      throw new IllegalArgumentException("Cannot tell the pace: the stream is too short");
    }
    return new Pace(begin.millis, end.millis, end.readings - begin.readings);
  }

  public double readingsPerSecond() {
    return readings * 1_000 / (toMillis - fromMillis);
  }

  private static Mark furthestAt(List<Mark> marks, double readings) {
    int at = 0;
    while (at < marks.size() && marks.get(at).readings < readings) {
      at++;
    }
    if (at == marks.size()) {
      throw new IllegalArgumentException(
          "Cannot tell the pace: it has not come to %.0f readings".formatted(readings));
    }
    while (at + 1 < marks.size() && marks.get(at + 1).millis == marks.get(at).millis) {
      at++;
    }
    return marks.get(at);
  }
}
