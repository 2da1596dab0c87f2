package io.fieldwatch.agent.simulator;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.PeriodicTask;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Runs a simulated device in real time. Readings bear the instants of their slots, whenever they
 * are made. A process that was stopped or starved for up to {@link #CATCH_UP} makes up for the
 * missed slots; beyond that they are skipped, and the log says how many. What a device would have
 * measured while no process ran is never made up.
 */
public final class SimulatorSource implements Source {
  /** How far behind the source may fall and still make every reading. */
  public static final Duration CATCH_UP = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(SimulatorSource.class.getName());

  private final SimulatedDevice device;
  private final Duration pack;
  private final Duration offset;
  private final ScheduledExecutorService scheduler;
  private final InstantSource clock;
  private final List<DeviceStatus.Sensor> sensors;

  private long nextSlot;
  private @Nullable PackWriter writer;
  private @Nullable PeriodicTask task;

  /**
   * A source that is still to be started.
   *
   * @param pack for how long readings are collected into one pack
   * @param offset when the first pack is made; devices of a fleet get different ones, so that they
   *     do not all speak at once
   */
  public SimulatorSource(
      SimulatedDevice device,
      Duration pack,
      Duration offset,
      ScheduledExecutorService scheduler,
      InstantSource clock) {
    this.device = requireNonNull(device, "device is null");
    this.pack = requireNonNull(pack, "pack is null");
    this.offset = requireNonNull(offset, "offset is null");
    this.scheduler = requireNonNull(scheduler, "scheduler is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sensors = device.sensors();
  }

  @Override
  public List<DeviceStatus.Sensor> sensors() {
    return sensors;
  }

  @Override
  public void start(PackWriter packWriter) {
    begin(packWriter);
    task = PeriodicTask.start(device.id().key(), scheduler, offset, pack, this::makeReadings);
  }

  /** Slots after now are made. */
  void begin(PackWriter packWriter) {
    writer = packWriter;
    nextSlot = device.slotAt(clock.millis()) + 1;
  }

  /** Makes the readings of all slots that have come. */
  void makeReadings() throws IOException {
    long due = device.slotAt(clock.millis());
    skipWhatIsTooOld(due);
    List<Reading> readings = new ArrayList<>();
    for (; nextSlot <= due; nextSlot++) {
      if (readings.size() + sensors.size() > PackWriter.MAX_READINGS) {
        write(readings);
        readings = new ArrayList<>();
      }
      device.read(nextSlot, readings);
    }
    write(readings);
  }

  private void skipWhatIsTooOld(long due) {
    long oldest = device.slotAt(device.timeOf(due) - CATCH_UP.toMillis());
    if (nextSlot < oldest) {
      LOG.log(
          Level.WARNING,
          "Too far behind, slots are skipped: device={0} slots={1}",
          device.id(),
          oldest - nextSlot);
      nextSlot = oldest;
    }
  }

  private void write(List<Reading> readings) throws IOException {
    if (!readings.isEmpty()) {
      requireNonNull(writer, "not started").write(readings);
    }
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
