package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.recording.Instants;
import io.fieldwatch.model.recording.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes instants of all sensors of one table together, in the order of its rows. */
@FunctionalInterface
interface InstantCutter {
  /**
   * Takes the next row that holds a reading; returns the instant that is complete with it, if one
   * is.
   */
  Optional<WindowCutter.Cut<JointWindow>> next(int row);

  /** Each row is an instant, of the sensors that have a reading there. */
  static InstantCutter ofRows(Table table) {
    return row -> Optional.of(new WindowCutter.Cut<>(instant(table, row), row, row));
  }

  private static JointWindow instant(Table table, int row) {
    List<String> present = new ArrayList<>();
    double[] values = new double[table.sensors().size()];
    for (int sensor = 0; sensor < values.length; sensor++) {
      double value = table.values(sensor)[row];
      if (!Double.isNaN(value)) {
        values[present.size()] = value;
        present.add(table.sensors().get(sensor));
      }
    }
    return new JointWindow(
        table.timesMillis()[row], present, Arrays.copyOf(values, present.size()));
  }

  /**
   * The readings of all sensors in one tumbling window are an instant of their means, which is
   * complete with the first row that lies in another window.
   */
  static InstantCutter ofWindows(Table table, long lengthMillis) {
    OpenWindow open = new OpenWindow(lengthMillis, table.sensors().size());
    return row -> {
      long time = table.timesMillis()[row];
      Optional<WindowCutter.Cut<JointWindow>> complete =
          open.isCompleteAt(time)
              ? Optional.of(open.cut(windows -> Instants.of(table.sensors(), windows).get(0)))
              : Optional.empty();
      for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
        double value = table.values(sensor)[row];
        if (!Double.isNaN(value)) {
          open.add(row, time, sensor, value);
        }
      }
      return complete;
    };
  }
}
