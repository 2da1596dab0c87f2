package io.fieldwatch.model.fault;

import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import java.util.Arrays;

/**
 * The usual distance of a value from the middle of its time, whatever the outliers do. A daily wave
 * does not count: beside it a fault would have to be large to be called small.
 */
final class RobustDeviation {
  /** Makes the median distance of normally distributed values their standard deviation. */
  private static final double OF_NORMAL = 1.4826;

  private RobustDeviation() {}

  /**
   * 0 where more than half of the values are equal to the middle, or there are none.
   *
   * @param timeMillis how long the middle is taken over
   */
  static double of(Series series, long timeMillis) {
    double[] distances = new double[series.values().length];
    int from = 0;
    while (from < distances.length) {
      int to = endOfTime(series, from, timeMillis);
      double middle = median(Arrays.copyOfRange(series.values(), from, to));
      for (int i = from; i < to; i++) {
        distances[i] = Math.abs(series.values()[i] - middle);
      }
      from = to;
    }
    return OF_NORMAL * median(distances);
  }

  private static int endOfTime(Series series, int from, long timeMillis) {
    long start = Windows.startOf(series.timesMillis()[from], timeMillis);
    int to = from + 1;
    while (to < series.values().length
        && Windows.startOf(series.timesMillis()[to], timeMillis) == start) {
      to++;
    }
    return to;
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
  }
}
