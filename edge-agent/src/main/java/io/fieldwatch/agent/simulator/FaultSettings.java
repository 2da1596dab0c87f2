package io.fieldwatch.agent.simulator;

import java.time.Duration;

/**
 * How often simulated sensors go wrong.
 *
 * @param perSensorPerHour mean number of faults, above 0
 */
public record FaultSettings(double perSensorPerHour) {
  public FaultSettings {
    if (!(perSensorPerHour > 0) || !Double.isFinite(perSensorPerHour)) {
      throw new IllegalArgumentException(
          "Invalid number of faults " + perSensorPerHour + " per sensor and hour: must be above 0");
    }
  }

  /** Whether so many faults leave room for good readings at this interval. */
  public boolean fits(Duration interval) {
    return FaultPlan.blockSlots(interval, perSensorPerHour) >= FaultPlan.MIN_BLOCK_SLOTS;
  }
}
