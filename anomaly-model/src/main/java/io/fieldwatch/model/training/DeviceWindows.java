package io.fieldwatch.model.training;

import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Instants;
import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a device: of each of its series that has any, and of all together.
 *
 * @param series those that have windows
 * @param windows of each
 * @param instants of all together; none where there is one series only
 */
record DeviceWindows(
    List<Series> series, List<List<WindowSummary>> windows, List<JointWindow> instants) {

  static DeviceWindows of(Recording recording, long windowMillis) {
    List<Series> series = new ArrayList<>();
    List<List<WindowSummary>> windows = new ArrayList<>();
    for (Series one : recording.series()) {
      List<WindowSummary> own = Windows.of(one, windowMillis);
      if (!own.isEmpty()) {
        series.add(one);
        windows.add(own);
      }
    }
    return new DeviceWindows(series, windows, instants(series, windows));
  }

  private static List<JointWindow> instants(
      List<Series> series, List<List<WindowSummary>> windows) {
    return series.size() < 2
        ? List.of()
        : Instants.of(series.stream().map(Series::sensor).toList(), windows);
  }

  /** All together as they are when one series has other windows. */
  List<JointWindow> instantsWith(int replaced, List<WindowSummary> others) {
    List<List<WindowSummary>> changed = new ArrayList<>(windows);
    changed.set(replaced, others);
    return instants(series, changed);
  }
}
