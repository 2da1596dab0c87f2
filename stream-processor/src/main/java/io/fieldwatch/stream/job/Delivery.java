package io.fieldwatch.stream.job;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.window.WindowResult;
import java.util.List;

/**
 * The results of one partition's part of a batch on their way. Used by one task, on its thread.
 * Everything is a full value under a lasting identity: a task that is run again delivers it again.
 */
public interface Delivery {
  /** A window, open or closed, that changed. Valid during the call only. */
  void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window);

  /** A window of the scored length was closed for the first time. */
  void scored(DeviceId device, String sensor, ScoredWindow window);

  void device(DeviceState device);

  /** How many results were handed over. */
  int size();

  /**
   * Returns when every result is stored or refused, however long the server is away.
   *
   * @return what was refused
   */
  List<PointWriter.Refused> deliver() throws InterruptedException;
}
