package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultInjector;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Windows;
import java.io.Serializable;
import java.util.List;

/**
 * What a training does.
 *
 * @param seed of all that is random
 * @param windowMillis the length of the windows
 * @param alarmsPerDeviceDay how many false alarms are acceptable, above 0
 */
record Plan(long seed, long windowMillis, double alarmsPerDeviceDay) implements Serializable {
  /** A window series is young for so long, or for a quarter of it, and no example is taken. */
  static final int YOUNG_WINDOWS = 600;

  /** Normal windows in one negative example. */
  static final int BAG_WINDOWS = 120;

  /** A fault that is flagged so much later is still found: the window it ends in, and the next. */
  static final int GRACE_WINDOWS = 2;

  private static final double LEAST_MAGNITUDE = 0.5;
  private static final double GREATEST_MAGNITUDE = 12;

  Plan {
    if (windowMillis < 1) {
      throw new IllegalArgumentException("Invalid window " + windowMillis + " ms: must be above 0");
    }
    if (!(alarmsPerDeviceDay > 0 && Double.isFinite(alarmsPerDeviceDay))) {
      throw new IllegalArgumentException(
          "Invalid alarm budget " + alarmsPerDeviceDay + ": must be above 0");
    }
  }

  /**
   * What puts faults into series.
   *
   * @param drawing 0 or more; each draws other faults
   */
  FaultInjector injector(int drawing) {
    return new FaultInjector(seed + drawing, windowMillis, LEAST_MAGNITUDE, GREATEST_MAGNITUDE);
  }

  /** For each fault the time in which windows start that show it. */
  List<Period> periods(List<Fault> faults) {
    return faults.stream()
        .map(
            fault ->
                new Period(
                    Windows.startOf(fault.startMillis(), windowMillis),
                    fault.endMillis() + GRACE_WINDOWS * windowMillis))
        .toList();
  }
}
