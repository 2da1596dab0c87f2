package io.fieldwatch.benchmark.run;

import java.time.Duration;
import java.util.List;

/**
 * How fast a system was between two moments of its run. The same rule holds for all of them:
 *
 * <p>A {@link Mark} says that at a time a system had worked through so many readings of the stream.
 * Of a system that appends windows there is a mark for each window that is due at about the same
 * reading by any definition of a watermark: sorted by the broker's time of the append, the i-th of
 * them shows that it came as far as where the i-th of them is due. The pace is taken from the first
 * mark after the system was warm, which leaves out start-up and the compiler's work, to the first
 * at 95 % of the stream, which leaves out the end, where windows stay open. Results that come in
 * bursts are taken whole: among marks of one time the furthest counts.
 *
 * @param fromMillis when it began, by the clock of this machine
 * @param readings that were worked through in it
 */
public record Pace(long fromMillis, long toMillis, double readings) {
  private static final double END_SHARE = 0.95;

  /** A moment and how far a system had come. */
  public record Mark(long millis, double readings) {}

  /**
   * The pace of a run.
   *
   * @param marks ascending in both
   * @param total how many readings the stream has
   * @param warmMillis from when on the system was warm
   * @param atLeast how long the pace has to be taken
   * @throws IllegalArgumentException if the marks do not reach the end, or reached it too soon
   */
  public static Pace of(List<Mark> marks, long total, long warmMillis, Duration atLeast) {
    Mark end = furthestFrom(marks, after(marks, 0, END_SHARE * total));
    Mark begin = furthestFrom(marks, after(marks, warmMillis, 0));
    long lasted = end.millis - begin.millis;
    if (lasted <= 0 || lasted < atLeast.toMillis()) {
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

  /** Which mark is the first with so much of both. */
  private static int after(List<Mark> marks, long millis, double readings) {
    int at = 0;
    while (at < marks.size()
        && (marks.get(at).millis < millis || marks.get(at).readings < readings)) {
      at++;
    }
    if (at == marks.size()) {
      throw new IllegalArgumentException(
          readings > 0
              ? "Cannot tell the pace: it has not come to %.0f readings".formatted(readings)
              : "Cannot tell the pace: it was done before it was warm, the stream is too short");
    }
    return at;
  }

  private static Mark furthestFrom(List<Mark> marks, int first) {
    int at = first;
    while (at + 1 < marks.size() && marks.get(at + 1).millis == marks.get(at).millis) {
      at++;
    }
    return marks.get(at);
  }
}
