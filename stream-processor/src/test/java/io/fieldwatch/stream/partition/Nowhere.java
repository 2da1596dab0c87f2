package io.fieldwatch.stream.partition;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.WindowResult;
import java.util.List;

/** Takes the results of runs of which only the state is wanted. */
public class Nowhere implements Output {
  @Override
  public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {}

  @Override
  public Model model() {
    return new Model("never-flags", 1, 0, 1, List.of());
  }

  @Override
  public void scored(DeviceId device, String sensor, ScoredWindow window) {}

  @Override
  public void stored(long timeMillis, int readings) {}

  @Override
  public void device(DeviceState device) {}

  @Override
  public void quarantine(LogRecord record, Reason reason, String detail, int readings) {}
}
