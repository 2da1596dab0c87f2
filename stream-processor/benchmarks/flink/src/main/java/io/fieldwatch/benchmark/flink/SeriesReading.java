package io.fieldwatch.benchmark.flink;

import static java.util.Objects.requireNonNull;

/**
 * A value on its way to its window. Public because Flink reads its fields.
 *
 * @param series {@code site/device/sensor}
 */
public record SeriesReading(String series, long timeMillis, double value) {
  public SeriesReading {
    requireNonNull(series, "series is null");
  }
}
