package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tumbling windows of one length, aligned to the Unix epoch as those of the stream job. A window is
 * complete when a reading of another window comes; the last one never is.
 */
final class LengthWindows implements WindowCutter {
  private final long lengthMillis;
  private long[] times = new long[16];
  private double[] values = new double[16];
  private int count;
  private long startMillis;
  private int firstRow;
  private int lastRow;

  LengthWindows(long lengthMillis) {
    this.lengthMillis = lengthMillis;
  }

  @Override
  public Optional<Cut> next(int row, long timeMillis, double value) {
    long start = Windows.startOf(timeMillis, lengthMillis);
    Optional<Cut> complete = Optional.empty();
    if (count > 0 && start != startMillis) {
      complete = Optional.of(new Cut(summary(), firstRow, lastRow));
      count = 0;
    }
    startMillis = start;
    firstRow = count == 0 ? row : firstRow;
    lastRow = row;
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    // Within a window a time that goes back is moved to the one before, which changes no window.
    times[count] = count == 0 ? timeMillis : Math.max(timeMillis, times[count - 1]);
    values[count++] = value;
    return complete;
  }

  private WindowSummary summary() {
    Series series = new Series("", "", Arrays.copyOf(times, count), Arrays.copyOf(values, count));
    return Windows.of(series, lengthMillis).get(0);
  }
}
