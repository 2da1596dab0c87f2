package io.fieldwatch.stream.device;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.window.Window;
import io.fieldwatch.stream.window.WindowPlan;

/** What comes of a pack beside the new state. Called on the thread that applies the pack. */
public interface Findings {
  /**
   * Readings of the pack at hand cannot be used.
   *
   * @param readings how many; -1 where the pack could not be decoded
   */
  void refused(Reason reason, String detail, int readings);

  /** Readings of one time were stored. */
  void stored(long timeMillis, int readings);

  /**
   * A window was closed, or a closed one changed. It may change again before it is written out,
   * which happens with what was known of its sensor at the last change.
   */
  void closedWindow(
      DeviceId device, String sensor, SensorFacts facts, WindowPlan plan, int level, Window window);

  /** By what windows of the scored length are judged; not asked where the rules want no scores. */
  Model model();

  /**
   * A window of the scored length was closed for the first time.
   *
   * @param sensor its sensor, or {@link JointState#ALL_SENSORS} where it is of all sensors of the
   *     device that closed one at that start
   */
  void scored(DeviceId device, String sensor, ScoredWindow window);
}
