package io.fieldwatch.agent.mqtt;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from half a second to thirty, of which a
 * random half, so that a fleet does not come back in one instant. One thread.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;

  private final RandomGenerator random;
  private long ceilingMillis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = requireNonNull(random, "random is null");
  }

  Duration next() {
    long wait = ceilingMillis / 2 + random.nextLong(ceilingMillis / 2);
    ceilingMillis = Math.min(LONGEST_MILLIS, ceilingMillis * 2);
    return Duration.ofMillis(wait);
  }

  /** The attempt succeeded. */
  void reset() {
    ceilingMillis = FIRST_MILLIS;
  }
}
