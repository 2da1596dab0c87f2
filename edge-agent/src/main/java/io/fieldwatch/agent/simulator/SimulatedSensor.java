package io.fieldwatch.agent.simulator;

import io.fieldwatch.status.DeviceStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** One sensor: its value at a slot is a function of the slot only. One thread. */
final class SimulatedSensor {
  private final String name;
  private final SensorKind kind;
  private final Dice device;
  private final Dice noise;
  private final double offset;
  private final long intervalMillis;
  private final Optional<FaultPlan> faults;

  SimulatedSensor(
      int index, Dice device, Duration interval, Optional<FaultSettings> faultSettings) {
    this.kind = SensorKind.values()[index % SensorKind.values().length];
    this.name = kind.sensorName(index / SensorKind.values().length);
    this.device = device;
    Dice own = device.forName(name);
    this.noise = own.forName("noise");
    this.offset = own.between(-8, 8, 0) * kind.noise();
    this.intervalMillis = interval.toMillis();
    this.faults =
        faultSettings.map(
            s ->
                new FaultPlan(own.forName("faults"), kind.noise(), interval, s.perSensorPerHour()));
  }

  DeviceStatus.Sensor announcement() {
    return new DeviceStatus.Sensor(name, kind.unit(), Duration.ofMillis(intervalMillis));
  }

  String name() {
    return name;
  }

  String unit() {
    return kind.unit();
  }

  Optional<Fault> faultAt(long slot) {
    return faults.isEmpty() ? Optional.empty() : faults.get().at(slot);
  }

  /** The value at a slot; none while the sensor has dropped out. */
  OptionalDouble valueAt(long slot, Surroundings surroundings, Optional<Fault> fault) {
    double mean = kind.mean(surroundings) + offset;
    double random = kind.noise() * noise.gaussian(slot);
    if (fault.isEmpty()) {
      return OptionalDouble.of(kind.rounded(mean + random));
    }
    double magnitude = fault.get().magnitude();
    return switch (fault.get().kind()) {
      case SPIKE, SHIFT -> OptionalDouble.of(kind.rounded(mean + random + magnitude));
      case DRIFT ->
          OptionalDouble.of(kind.rounded(mean + random + magnitude * fault.get().share(slot)));
      case NOISE_BURST -> OptionalDouble.of(kind.rounded(mean + random * magnitude));
      case STUCK -> valueBefore(fault.get());
      case DROP_OUT -> OptionalDouble.empty();
    };
  }

  private OptionalDouble valueBefore(Fault fault) {
    long slot = fault.fromSlot() - 1;
    Surroundings then = Surroundings.at(slot * intervalMillis, device);
    return valueAt(slot, then, Optional.empty());
  }
}
