package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.InfluxWriter;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.window.WindowResult;
import java.util.List;

/** InfluxDB. */
record InfluxDestination() implements Destination {
  private static final long serialVersionUID = 1;

  @Override
  public Delivery begin(StreamConfig config, Model model, long nowMillis) {
    return new InfluxDelivery(
        new Points(model, config.rules(), nowMillis), Outlets.of(config).influx());
  }

  @Override
  public PointWriter ownPoints(StreamConfig config) {
    return new InfluxWriter(config.influxdb());
  }

  /** Collects points, and writes them when all are there. */
  record InfluxDelivery(Points points, PointWriter influx) implements Delivery {
    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      points.window(device, sensor, facts, window);
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      points.score(device, sensor, window);
    }

    @Override
    public void device(DeviceState device) {
      points.device(device);
    }

    @Override
    public int size() {
      return points.lines().size();
    }

    @Override
    public List<PointWriter.Refused> deliver() throws InterruptedException {
      return influx.write(points.lines());
    }
  }
}
