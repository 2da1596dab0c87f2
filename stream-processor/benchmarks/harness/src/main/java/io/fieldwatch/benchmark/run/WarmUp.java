package io.fieldwatch.benchmark.run;

import java.time.Duration;

/**
 * When a system counts as warm, the same for all: after so many CPU seconds since its process was
 * started. CPU seconds and not seconds, as one that others disturb has compiled less by a time.
 *
 * @param cpuSeconds 0 where figures do not matter
 */
record WarmUp(double cpuSeconds) {
  /** After less than this share of the warm-up, chance and collections weigh too much. */
  private static final double LEAST_SHARE = 0.5;

  WarmUp {
    if (!(cpuSeconds >= 0)) {
      throw new IllegalArgumentException("Invalid warm-up: must be 0 seconds or more");
    }
  }

  /**
   * When it ended, by the clock of this machine.
   *
   * @throws IllegalArgumentException if it did not
   */
  long endMillis(CpuMeter meter) {
    return meter
        .millisAtUsed(cpuSeconds)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot tell the pace: it was done before it was warm, the stream is too short"));
  }

  /** How long has to be measured after it. */
  Duration leastMeasured() {
    return Duration.ofMillis((long) (LEAST_SHARE * cpuSeconds * 1_000));
  }
}
