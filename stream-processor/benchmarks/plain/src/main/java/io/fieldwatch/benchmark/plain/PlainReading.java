package io.fieldwatch.benchmark.plain;

import static java.util.Objects.requireNonNull;

/** One value of one sensor. */
public record PlainReading(String sensor, long timeMillis, double value) {
  public PlainReading {
    requireNonNull(sensor, "sensor is null");
  }
}
