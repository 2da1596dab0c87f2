package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way of one sensor through a table, or of all of them together as their device. It is gone
 * once.
 */
abstract class Pass {
  private final String name;
  private final int rows;

  private Pass(String name, int rows) {
    this.name = name;
    this.rows = rows;
  }

  /** Of one sensor. */
  static Pass ofSensor(Table table, int sensor, WindowCutter cutter) {
    return new OfSensor(table, sensor, cutter);
  }

  /** Of all sensors together. */
  static Pass ofDevice(Table table, InstantCutter cutter) {
    return new OfDevice(table, cutter);
  }

  /** The sensor's name, or what all of them together are called. */
  final String name() {
    return name;
  }

  /** Hands over the features of every window that is complete within the table, in order. */
  final void forEach(Consumer<RowFeatures> sink) {
    for (int row = 0; row < rows; row++) {
      if (hasReading(row)) {
        next(row).ifPresent(sink);
      }
    }
  }

  /** Whether a row has a probability by this pass. */
  abstract boolean hasReading(int row);

  /** Takes the next row that has a reading. */
  abstract Optional<RowFeatures> next(int row);

  /**
   * The features of a window.
   *
   * @param row of the table, that completed the window: its own where each row is a window, else
   *     the first of the next one
   * @param firstRow of its own readings
   * @param lastRow of its own readings
   * @param suspects the sensors that fit the others least; none in the pass of one sensor
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  record RowFeatures(
      int row, int firstRow, int lastRow, double[] features, List<String> suspects) {}

  private static final class OfSensor extends Pass {
    private final long[] times;
    private final double[] values;
    private final WindowCutter cutter;
    private SeriesState state = SeriesState.initial();

    OfSensor(Table table, int sensor, WindowCutter cutter) {
      super(table.sensors().get(sensor), table.rows());
      this.times = table.timesMillis();
      this.values = table.values(sensor);
      this.cutter = cutter;
    }

    @Override
    boolean hasReading(int row) {
      return !Double.isNaN(values[row]);
    }

    @Override
    Optional<RowFeatures> next(int row) {
      return cutter.next(row, times[row], values[row]).map(cut -> features(row, cut));
    }

    private RowFeatures features(int row, WindowCutter.Cut<WindowSummary> cut) {
      SeriesState.Step step = state.next(cut.window());
      state = step.state();
      return new RowFeatures(row, cut.firstRow(), cut.lastRow(), step.features(), List.of());
    }
  }

  private static final class OfDevice extends Pass {
    private final Table table;
    private final InstantCutter cutter;
    private JointState state = JointState.initial();

    OfDevice(Table table, InstantCutter cutter) {
      super(JointState.ALL_SENSORS, table.rows());
      this.table = table;
      this.cutter = cutter;
    }

    @Override
    boolean hasReading(int row) {
      for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
        if (!Double.isNaN(table.values(sensor)[row])) {
          return true;
        }
      }
      return false;
    }

    @Override
    Optional<RowFeatures> next(int row) {
      return cutter.next(row).map(cut -> features(row, cut));
    }

    private RowFeatures features(int row, WindowCutter.Cut<JointWindow> cut) {
      JointState.Step step = state.next(cut.window());
      state = step.state();
      return new RowFeatures(row, cut.firstRow(), cut.lastRow(), step.features(), step.suspects());
    }
  }
}
