package io.fieldwatch.benchmark.run;

import java.time.Duration;

/**
 * What of a run is measured, the same for all: so many seconds after it was warm.
 *
 * <p>A system is warm when Java's compilers have taken no more than a twentieth of the last 15 CPU
 * seconds that its process used, but not before it has used so many CPU seconds since its start,
 * and anyway after six times as many or after two minutes, as one that waits for a server uses few.
 * CPU seconds and not seconds, as one that others disturb has compiled less by a time.
 *
 * @param warmUpCpuSeconds 0 where figures do not matter; then any time will do
 */
public record Interval(double warmUpCpuSeconds, Duration wanted) {
  /** After so many times its CPU seconds the warm-up is at its end. */
  static final double LONGEST_WARM_UP = 6;

  private static final double COMPILERS_SHARE = 0.05;
  private static final Duration LATEST_WARM = Duration.ofMinutes(2);

  /** Of how many of its last CPU seconds the compilers' share is taken. */
  static final double RECENT_CPU_SECONDS = 15;

  /** In less than this share chance and collections weigh too much. */
  private static final double LEAST_SHARE = 0.5;

  public Interval {
    if (!(warmUpCpuSeconds >= 0) || wanted.isNegative()) {
      throw new IllegalArgumentException("Invalid interval: no time can be less than 0 seconds");
    }
  }

  /**
   * Whether a system is warm.
   *
   * @param elapsed since its start
   * @param used CPU seconds since its start
   * @param compilersShare of the last {@value #RECENT_CPU_SECONDS} of them
   */
  boolean isWarm(Duration elapsed, double used, double compilersShare) {
    return (used >= warmUpCpuSeconds && compilersShare <= COMPILERS_SHARE)
        || used >= latestCpuSeconds()
        || elapsed.compareTo(LATEST_WARM) >= 0;
  }

  /** After how many CPU seconds any system counts as warm. */
  public double latestCpuSeconds() {
    return LONGEST_WARM_UP * warmUpCpuSeconds;
  }

  /** How much there has to be where the stream ends too soon. */
  Duration least() {
    return warmUpCpuSeconds == 0
        ? Duration.ZERO
        : Duration.ofMillis((long) (LEAST_SHARE * wanted.toMillis()));
  }
}
