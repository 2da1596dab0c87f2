package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The readings of the tumbling window that is not complete yet, of one sensor or of several.
 * Windows are aligned to the Unix epoch as those of the stream job. A window is complete when a
 * reading of another window comes; the last one never is.
 */
final class OpenWindow {
  private final long lengthMillis;
  private final List<Readings> sensors;
  private boolean empty = true;
  private long startMillis;
  private int firstRow;
  private int lastRow;

  OpenWindow(long lengthMillis, int sensors) {
    this.lengthMillis = lengthMillis;
    this.sensors = Stream.generate(Readings::new).limit(sensors).toList();
  }

  /** Whether there is a window, and a reading of this time lies in another. */
  boolean isCompleteAt(long timeMillis) {
    return !empty && Windows.startOf(timeMillis, lengthMillis) != startMillis;
  }

  /** Takes a reading of the window, or the first of one. */
  void add(int row, long timeMillis, int sensor, double value) {
    if (empty) {
      empty = false;
      startMillis = Windows.startOf(timeMillis, lengthMillis);
      firstRow = row;
    }
    lastRow = row;
    sensors.get(sensor).add(timeMillis, value);
  }

  /**
   * Cuts the window off and begins anew.
   *
   * @param made makes one of the sensors' windows: for each a list of one, or of none without
   *     readings
   */
  <W> WindowCutter.Cut<W> cut(Function<List<List<WindowSummary>>, W> made) {
    empty = true;
    List<List<WindowSummary>> windows =
        sensors.stream().map(readings -> Windows.of(readings.take(), lengthMillis)).toList();
    return new WindowCutter.Cut<>(made.apply(windows), firstRow, lastRow);
  }

  /** Those of one sensor. */
  private static final class Readings {
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int count;

    void add(long timeMillis, double value) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      // Within a window a time that goes back is moved to the one before, which changes no window.
      times[count] = count == 0 ? timeMillis : Math.max(timeMillis, times[count - 1]);
      values[count++] = value;
    }

    Series take() {
      int taken = count;
      count = 0;
      return new Series("", "", Arrays.copyOf(times, taken), Arrays.copyOf(values, taken));
    }
  }
}
