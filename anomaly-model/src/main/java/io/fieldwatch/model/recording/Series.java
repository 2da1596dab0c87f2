package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The readings of one sensor, by time.
 *
 * @param timesMillis ascending; not to be changed, as {@code values}
 * @param values finite, one for each time
 */
public record Series(String device, String sensor, long[] timesMillis, double[] values)
    implements Serializable {
  public Series {
    requireNonNull(device, "device is null");
    requireNonNull(sensor, "sensor is null");
    if (timesMillis.length != values.length) {
      throw new IllegalArgumentException(
          "Invalid series %s/%s: %d times, %d values"
              .formatted(device, sensor, timesMillis.length, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Invalid series %s/%s: value %s is not finite".formatted(device, sensor, values[i]));
      }
      if (i > 0 && timesMillis[i] < timesMillis[i - 1]) {
        throw new IllegalArgumentException(
            "Invalid series %s/%s: time %d goes back".formatted(device, sensor, timesMillis[i]));
      }
    }
  }

  /** Device and sensor in one name. */
  public String name() {
    return device + '/' + sensor;
  }
}
