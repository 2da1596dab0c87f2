package io.fieldwatch.stream.device;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.window.WindowAggregate;

/** What comes of a pack beside the new state. Called on the thread that applies the pack. */
public interface Findings {
  /**
   * Readings of the pack at hand cannot be used.
   *
   * @param readings how many; -1 where the pack could not be decoded
   */
  void refused(Reason reason, String detail, int readings);

  /**
   * A window was closed, or a closed one revised. It may change again until the run ends, so it is
   * written out then.
   */
  void closedWindow(DeviceId device, String sensor, String unit, WindowAggregate window);

  /** A window of the shortest length was closed for the first time; these are its features. */
  void features(DeviceId device, String sensor, WindowAggregate window, double[] features);
}
