package io.fieldwatch.connect.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a ceiling that doubles from {@code first} to {@code
 * most}, and a random time between its half and itself, so that many clients do not come back at
 * once. Not thread-safe.
 */
final class Backoff {
  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private Duration ceiling;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
    this.ceiling = first;
  }

  /** The wait before the next attempt. */
  Duration next() {
    long millis = ceiling.toMillis();
    Duration wait = Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(most) < 0 ? doubled : most;
    return wait;
  }

  /** The last attempt was good: begin again with the shortest wait. */
  void reset() {
    ceiling = first;
  }
}
