package io.fieldwatch.model.feature;

import java.util.HashSet;
import java.util.List;

/**
 * What the sensors of one device say of one instant: the mean of each one's window that begins
 * there.
 *
 * @param startMillis the windows' first instant, milliseconds since the Unix epoch
 * @param sensors the sensors that have such a window, each once, in any order
 * @param means one for each of them, finite
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
public record JointWindow(long startMillis, List<String> sensors, double[] means) {
  public JointWindow {
    sensors = List.copyOf(sensors);
    if (means.length != sensors.size()) {
      throw new IllegalArgumentException(
          "Invalid window: %d means for %d sensors".formatted(means.length, sensors.size()));
    }
    if (new HashSet<>(sensors).size() < means.length) {
      throw new IllegalArgumentException("Invalid window: a sensor stands twice in " + sensors);
    }
    for (double mean : means) {
      if (!Double.isFinite(mean)) {
        throw new IllegalArgumentException(
            "Invalid window: mean is " + mean + ", not a finite number");
      }
    }
  }
}
