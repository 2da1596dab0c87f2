package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowSpec;

/**
 * What is known of a sensor besides its readings.
 *
 * @param unit as its packs say it; empty if they do not
 * @param intervalMillis how often it is read, as its agent announced; 0 if it did not
 */
public record SensorFacts(String unit, SensorKind kind, long intervalMillis) {
  public SensorFacts {
    requireNonNull(unit, "unit is null");
    requireNonNull(kind, "kind is null");
    if (intervalMillis < 0) {
      throw new IllegalArgumentException("Invalid interval " + intervalMillis + " ms");
    }
  }

  /** How many readings a window should have; not a number where that is unknown. */
  public double expected(WindowSpec spec) {
    return intervalMillis == 0 ? Double.NaN : (double) spec.lengthMillis() / intervalMillis;
  }

  SensorFacts withUnit(String announced) {
    return announced.isEmpty() || announced.equals(unit)
        ? this
        : new SensorFacts(announced, kind, intervalMillis);
  }

  SensorFacts withInterval(long millis) {
    return millis == intervalMillis ? this : new SensorFacts(unit, kind, millis);
  }
}
