package io.fieldwatch.stream.partition;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
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

  /** A model that scores all sensors of a device together, too. */
  static Model joint() {
    return new Model(
        "joint",
        0.5,
        -2,
        4,
        List.of(
            new Weight("foremost.surprise.1", 0, 1, 1),
            new Weight("joint.surprise.1", 0, 1, 1),
            new Weight(FeatureNames.TOGETHER, 0, 1, 0.1)));
  }

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
