package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * What one device has recorded, row by row in the order in which a running system would have seen
 * it, which is mostly that of its file. Unlike a {@link Recording} it keeps rows whose time goes
 * back, and cells without a reading, so that whoever scores it can answer for each row of the file.
 */
public final class Table {
  private final String device;
  private final List<String> sensors;
  private final long[] timesMillis;
  private final double[][] values;

  /**
   * Takes the arrays over; they are not to be changed any more.
   *
   * @param timesMillis of the rows, milliseconds since the Unix epoch, in any order
   * @param values for each sensor one number a row, NaN where it gave nothing
   */
  public Table(String device, List<String> sensors, long[] timesMillis, double[][] values) {
    this.device = requireNonNull(device, "device is null");
    this.sensors = List.copyOf(sensors);
    this.timesMillis = timesMillis;
    this.values = values;
    if (values.length != sensors.size()) {
      throw new IllegalArgumentException(
          "Invalid table '%s': %d sensors, %d columns"
              .formatted(device, sensors.size(), values.length));
    }
    for (double[] column : values) {
      requireValid(column);
    }
  }

  private void requireValid(double[] column) {
    if (column.length != timesMillis.length) {
      throw new IllegalArgumentException(
          "Invalid table '%s': %d times, %d values"
              .formatted(device, timesMillis.length, column.length));
    }
    for (double value : column) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException("Invalid table '%s': infinite value".formatted(device));
      }
    }
  }

  /** The device's name. */
  public String device() {
    return device;
  }

  /** The sensors' names, in the order of the columns. */
  public List<String> sensors() {
    return sensors;
  }

  /** How many rows there are. */
  public int rows() {
    return timesMillis.length;
  }

  /** The rows' times; not to be changed. */
  public long[] timesMillis() {
    return timesMillis;
  }

  /** A sensor's values, NaN where it gave nothing; not to be changed. */
  public double[] values(int sensor) {
    return values[sensor];
  }

  /** The first rows, as a table of its own. */
  public Table head(int rows) {
    int kept = Math.min(rows, rows());
    double[][] heads = new double[values.length][];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = Arrays.copyOf(values[i], kept);
    }
    return new Table(device, sensors, Arrays.copyOf(timesMillis, kept), heads);
  }
}
