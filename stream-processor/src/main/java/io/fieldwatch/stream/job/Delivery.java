package io.fieldwatch.stream.job;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import java.util.List;

/**
 * The results of one partition's part of a batch on their way. Used by one task, on its thread.
 * Everything is a full value under a lasting identity: a task that is run again delivers it again.
 */
public interface Delivery {
  /** A window, open or closed, that changed. Valid during the call only. */
  void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window);

  /** The features of a window that was closed for the first time. */
  void score(DeviceId device, String sensor, WindowSpec spec, long startMillis, double[] features);

  /**
   * As {@link #score}, with the number of alarms that the window raises, 0 or 1; where a
   * destination has no place for it, without.
   */
  default void scored(
      DeviceId device,
      String sensor,
      WindowSpec spec,
      long startMillis,
      double[] features,
      int alarms) {
    score(device, sensor, spec, startMillis, features);
  }

  void device(DeviceState device);

  /** How many scores were above the model's threshold. */
  long flagged();

  /** How many results were handed over. */
  int size();

  /**
   * Returns when every result is stored or refused, however long the server is away.
   *
   * @return what was refused
   */
  List<PointWriter.Refused> deliver() throws InterruptedException;
}
