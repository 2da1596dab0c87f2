package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.FaultInjector;
import java.io.Serializable;

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

  FaultInjector injector() {
    return new FaultInjector(seed, windowMillis, LEAST_MAGNITUDE, GREATEST_MAGNITUDE);
  }
}
