package io.fieldwatch.agent.simulator;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A device whose readings are a function of seed, device and time. Slot <i>k</i> is the instant
 * {@code k * interval} after the Unix epoch. One thread.
 */
public final class SimulatedDevice {
  private final DeviceId id;
  private final Dice dice;
  private final long intervalMillis;
  private final List<SimulatedSensor> sensors;
  private final FaultListener listener;
  private final long[] announcedUntil;

  /** Hears of faults. */
  @FunctionalInterface
  public interface FaultListener {
    /** A fault has begun, or is under way at the first slot asked for. */
    void began(SimulatedFault fault);
  }

  /**
   * A fault in terms of the world.
   *
   * @param toMillis end, exclusive
   */
  public record SimulatedFault(
      DeviceId device,
      String sensor,
      FaultKind kind,
      long fromMillis,
      long toMillis,
      double magnitude) {}

  public SimulatedDevice(
      DeviceId id,
      int sensors,
      Duration interval,
      long seed,
      Optional<FaultSettings> faults,
      FaultListener listener) {
    this.id = requireNonNull(id, "id is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.dice = Dice.ofSeed(seed).forName(id.key());
    this.intervalMillis = interval.toMillis();
    if (intervalMillis < 1 || sensors < 1) {
      throw new IllegalArgumentException(
          "Invalid simulation of %s: needs a sensor and an interval of 1 ms or more".formatted(id));
    }
    this.sensors =
        IntStream.range(0, sensors)
            .mapToObj(i -> new SimulatedSensor(i, dice, interval, faults))
            .toList();
    this.announcedUntil = new long[sensors];
  }

  public DeviceId id() {
    return id;
  }

  public List<DeviceStatus.Sensor> sensors() {
    return sensors.stream().map(SimulatedSensor::announcement).toList();
  }

  /** The last slot that is not after an instant. */
  public long slotAt(long timeMillis) {
    return Math.floorDiv(timeMillis, intervalMillis);
  }

  public long timeOf(long slot) {
    return slot * intervalMillis;
  }

  /**
   * Adds the readings of one slot, at most one per sensor in the order of {@link #sensors()}.
   *
   * @return how many sensors are at fault
   */
  public int read(long slot, List<Reading> into) {
    long time = timeOf(slot);
    Surroundings surroundings = Surroundings.at(time, dice);
    int faulty = 0;
    for (int i = 0; i < sensors.size(); i++) {
      SimulatedSensor sensor = sensors.get(i);
      Optional<Fault> fault = sensor.faultAt(slot);
      if (fault.isPresent()) {
        faulty++;
        announce(i, fault.get());
      }
      OptionalDouble value = sensor.valueAt(slot, surroundings, fault);
      if (value.isPresent()) {
        into.add(new Reading(sensor.name(), time, value.getAsDouble(), sensor.unit()));
      }
    }
    return faulty;
  }

  private void announce(int sensor, Fault fault) {
    if (fault.toSlot() > announcedUntil[sensor]) {
      announcedUntil[sensor] = fault.toSlot();
      listener.began(
          new SimulatedFault(
              id,
              sensors.get(sensor).name(),
              fault.kind(),
              timeOf(fault.fromSlot()),
              timeOf(fault.toSlot()),
              fault.magnitude()));
    }
  }
}
