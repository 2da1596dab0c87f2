package io.fieldwatch.benchmark.run;

import java.util.List;

/**
 * How fast a system was between two moments of its run. The same rule holds for all of them:
 *
 * <p>A {@link Mark} says that at a time a system had worked through so many readings of the stream.
 * Of a system that appends windows there is a mark for each window that is due at about the same
 * reading by any definition of a watermark: sorted by the broker's time of the append, the i-th of
 * them shows that it came as far as where the i-th of them is due. The pace is taken from the first
 * mark after the system was warm, which leaves out start-up and the compiler's work, to the first
 * so much later, or to 95 % of the stream, where the end begins at which windows stay open. Results
 * that come in bursts are taken whole: the last mark within a second counts.
 *
 * @param fromMillis when it began, by the clock of this machine
 * @param readings that were worked through in it
 */
public record Pace(long fromMillis, long toMillis, double readings) {
  /** Within so long a time the results of one batch or commit are appended. */
  static final long BURST_MILLIS = 1_000;

  private static final double END_SHARE = 0.95;

  /** A moment and how far a system had come. */
  public record Mark(long millis, double readings) {}

  /**
   * The pace of a run.
   *
   * @param marks ascending in both
   * @param total how many readings the stream has
   * @param warmMillis from when on the system was warm
   * @throws IllegalArgumentException if the stream was at its end too soon
   */
  public static Pace of(List<Mark> marks, long total, long warmMillis, Interval interval) {
    Mark begin = burstAt(marks, warmMillis, Double.MAX_VALUE);
    Mark end = burstAt(marks, begin.millis + interval.wanted().toMillis(), END_SHARE * total);
    long lasted = end.millis - begin.millis;
    if (lasted <= 0 || lasted < interval.least().toMillis()) {
      throw new IllegalArgumentException(
          "Cannot tell the pace: it was done %.1f s after it was warm, the stream is too short"
              .formatted(lasted / 1_000.0));
    }
    return new Pace(begin.millis, end.millis, end.readings - begin.readings);
  }

  public double readingsPerSecond() {
    return readings * 1_000 / (toMillis - fromMillis);
  }

  public double seconds() {
    return (toMillis - fromMillis) / 1_000.0;
  }

  /** The end of the burst that begins at a time or at a reading, whichever comes first. */
  private static Mark burstAt(List<Mark> marks, long millis, double readings) {
    int at = 0;
    while (at < marks.size()
        && marks.get(at).millis < millis
        && marks.get(at).readings < readings) {
      at++;
    }
    if (at == marks.size()) {
      throw new IllegalArgumentException(
          "Cannot tell the pace: it was done before it was warm, or has not come to the end");
    }
    long latest = marks.get(at).millis + BURST_MILLIS;
    while (at + 1 < marks.size() && marks.get(at + 1).millis <= latest) {
      at++;
    }
    return marks.get(at);
  }
}
