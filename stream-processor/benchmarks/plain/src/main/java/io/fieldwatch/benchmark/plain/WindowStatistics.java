package io.fieldwatch.benchmark.plain;

import io.fieldwatch.benchmark.contract.WindowRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is asked of the readings of one window of one sensor. The values are kept for p95: that is
 * exact, and in windows of seconds they are fewer than the centroids of a sketch. Mean and variance
 * follow Welford (1962). Not thread safe.
 */
public final class WindowStatistics {
  private static final int FIRST_CAPACITY = 8;
  private static final double RANK = 0.95;

  private int count;
  private double mean;
  private double squares;
  private double[] values = new double[FIRST_CAPACITY];

  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
    double fromOldMean = value - mean;
    mean += fromOldMean / count;
    squares += fromOldMean * (value - mean);
  }

  /** Adds what another one was made of; the other stays as it is. */
  public void addAll(WindowStatistics other) {
    for (int i = 0; i < other.count; i++) {
      add(other.values[i]);
    }
  }

  public WindowStatistics copy() {
    WindowStatistics copy = new WindowStatistics();
    copy.count = count;
    copy.mean = mean;
    copy.squares = squares;
    copy.values = values.clone();
    return copy;
  }

  /**
   * The result.
   *
   * @throws IllegalArgumentException if nothing was added
   */
  public WindowRecord result(String sensor, long startMillis) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new WindowRecord(
        sensor,
        startMillis,
        count,
        mean,
        count < 2 ? 0 : Math.sqrt(squares / (count - 1)),
        count == 0 ? 0 : sorted[0],
        count == 0 ? 0 : sorted[count - 1],
        count == 0 ? 0 : p95(sorted));
  }

  private static double p95(double[] sorted) {
    double position = RANK * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(count);
    out.writeDouble(mean);
    out.writeDouble(squares);
    for (int i = 0; i < count; i++) {
      out.writeDouble(values[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static WindowStatistics read(DataInput in) throws IOException {
    WindowStatistics read = new WindowStatistics();
    read.count = in.readInt();
    read.mean = in.readDouble();
    read.squares = in.readDouble();
    read.values = new double[Math.max(FIRST_CAPACITY, read.count)];
    for (int i = 0; i < read.count; i++) {
      read.values[i] = in.readDouble();
    }
    return read;
  }
}
