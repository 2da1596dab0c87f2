package io.fieldwatch.model.recording;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.ArrayList;
import java.util.List;

/** Cuts a series into tumbling windows, aligned to the Unix epoch as those of the stream job. */
public final class Windows {
  private Windows() {}

  /** The series' windows that hold readings, in order. */
  public static List<WindowSummary> of(Series series, long lengthMillis) {
    List<WindowSummary> windows = new ArrayList<>();
    int from = 0;
    while (from < series.values().length) {
      long start = startOf(series.timesMillis()[from], lengthMillis);
      int to = from + 1;
      while (to < series.values().length
          && startOf(series.timesMillis()[to], lengthMillis) == start) {
        to++;
      }
      windows.add(summary(series.values(), from, to, start, lengthMillis));
      from = to;
    }
    return windows;
  }

  /** The start of the window that holds the instant. */
  public static long startOf(long timeMillis, long lengthMillis) {
    return Math.floorDiv(timeMillis, lengthMillis) * lengthMillis;
  }

  private static WindowSummary summary(
      double[] values, int from, int to, long start, long lengthMillis) {
    double min = values[from];
    double max = values[from];
    double mean = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
      // Welford: sums of squares of large values would lose the deviation. Bounded, because values
      // at both ends of what a double holds differ by more than one.
      double delta = bounded(values[i] - mean);
      mean += delta / (i - from + 1);
      squares += delta * (values[i] - mean);
    }
    double deviation = to - from < 2 ? 0 : bounded(Math.sqrt(squares / (to - from - 1)));
    return new WindowSummary(
        start, lengthMillis, to - from, mean, min, max, deviation, values[from], values[to - 1]);
  }

  private static double bounded(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }
}
