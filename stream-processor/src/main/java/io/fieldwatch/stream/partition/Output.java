package io.fieldwatch.stream.partition;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.WindowResult;

/**
 * Where a run's results go, on the thread of the run. Everything handed over is a full value under
 * a lasting identity, so handing it over twice does no harm.
 */
public interface Output {
  /** A window, open or closed, that changed. Valid during the call only. */
  void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window);

  /** By what windows of the scored length are judged; not asked where the rules want no scores. */
  Model model();

  /** A window of the scored length was closed for the first time. */
  void scored(DeviceId device, String sensor, ScoredWindow window);

  /** What is known of a device as a whole: its ledgers and whether it is there. */
  void device(DeviceState device);

  /** Readings of one time are stored, and will be in the next points of their windows. */
  void stored(long timeMillis, int readings);

  /**
   * A message, or a part of it, that cannot be used.
   *
   * @param readings how many readings are affected; -1 where it could not be decoded
   */
  void quarantine(LogRecord record, Reason reason, String detail, int readings);
}
