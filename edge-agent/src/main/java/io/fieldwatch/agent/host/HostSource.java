package io.fieldwatch.agent.host;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.PeriodicTask;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Reads this machine's own sensors at an interval, one pack a round. Readings bear the instant at
 * which they were read; rounds that a busy machine misses are not made up for, because nobody knows
 * what the values were.
 */
public final class HostSource implements Source {
  private final Duration interval;
  private final ScheduledExecutorService scheduler;
  private final InstantSource clock;
  private final HostSensors host;
  private @Nullable PeriodicTask task;

  public HostSource(Duration interval, ScheduledExecutorService scheduler, InstantSource clock) {
    this.interval = requireNonNull(interval, "interval is null");
    this.scheduler = requireNonNull(scheduler, "scheduler is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.host = new HostSensors(System.nanoTime());
  }

  @Override
  public List<DeviceStatus.Sensor> sensors() {
    return host.names().stream()
        .map(s -> new DeviceStatus.Sensor(s.sensorName(), s.unit(), interval))
        .toList();
  }

  @Override
  public void start(PackWriter writer) {
    task = PeriodicTask.start("host", scheduler, interval, interval, () -> readInto(writer));
  }

  private void readInto(PackWriter writer) throws IOException {
    long now = clock.millis();
    List<Reading> readings = new ArrayList<>();
    host.read(
        System.nanoTime(),
        (sensor, value) -> {
          if (Double.isFinite(value)) {
            readings.add(new Reading(sensor.sensorName(), now, value, sensor.unit()));
          }
        });
    if (!readings.isEmpty()) {
      writer.write(readings);
    }
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
