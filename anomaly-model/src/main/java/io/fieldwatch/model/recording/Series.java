package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** The readings of one sensor, by time. */
public final class Series implements Serializable {
  private static final long serialVersionUID = 1;

  private final String device;
  private final String sensor;
  private final long[] timesMillis;
  private final double[] values;

  /**
   * Takes the arrays over; they are not to be changed any more.
   *
   * @param timesMillis ascending, milliseconds since the Unix epoch
   * @param values finite, one for each time
   */
  public Series(String device, String sensor, long[] timesMillis, double[] values) {
    this.device = requireNonNull(device, "device is null");
    this.sensor = requireNonNull(sensor, "sensor is null");
    this.timesMillis = timesMillis;
    this.values = values;
    if (timesMillis.length != values.length) {
      throw new IllegalArgumentException(
          "Invalid series %s: %d times, %d values"
              .formatted(name(), timesMillis.length, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      requireValid(i);
    }
  }

  private void requireValid(int i) {
    if (!Double.isFinite(values[i])) {
      throw new IllegalArgumentException(
          "Invalid series %s: value %s is not finite".formatted(name(), values[i]));
    }
    if (i > 0 && timesMillis[i] < timesMillis[i - 1]) {
      throw new IllegalArgumentException(
          "Invalid series %s: time %d goes back".formatted(name(), timesMillis[i]));
    }
  }

  /** The device's name. */
  public String device() {
    return device;
  }

  /** The sensor's name within its device. */
  public String sensor() {
    return sensor;
  }

  /** When the readings were taken, ascending; not to be changed. */
  public long[] timesMillis() {
    return timesMillis;
  }

  /** The readings; not to be changed. */
  public double[] values() {
    return values;
  }

  /** Device and sensor in one name. */
  public String name() {
    return device + '/' + sensor;
  }
}
