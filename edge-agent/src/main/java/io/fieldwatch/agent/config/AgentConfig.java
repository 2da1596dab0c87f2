package io.fieldwatch.agent.config;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.DeviceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the agent is told. If one exists, it is right.
 *
 * @param heartbeat how often each device publishes its status
 * @param drain how long a stop waits for the broker to take what is in the spools
 */
public record AgentConfig(
    Mqtt mqtt,
    SpoolConfig spool,
    Duration heartbeat,
    Duration drain,
    List<Device> devices,
    Optional<Simulate> simulate) {

  /**
   * The broker, and how to log in there.
   *
   * @param passwordFile a file with the password, its end of line does not count
   */
  public record Mqtt(
      String uri, int maxInflight, Optional<String> username, Optional<Path> passwordFile) {}

  /**
   * Where packs wait.
   *
   * @param maxBytes of all devices together; each has an equal share
   * @param sync how often appended packs are brought to the disk
   */
  public record SpoolConfig(Path directory, long maxBytes, Duration sync) {}

  /** One device and where its readings come from. */
  public record Device(DeviceId id, SourceConfig source) {}

  /**
   * A fleet of simulated devices {@code site/prefix001 …}.
   *
   * @param interval between two readings of a sensor
   * @param pack for how long readings are collected into one pack
   */
  public record Simulate(
      List<DeviceId> devices,
      int sensors,
      Duration interval,
      Duration pack,
      long seed,
      Optional<Faults> faults) {
    public Simulate {
      devices = List.copyOf(devices);
    }
  }

  /** How often simulated sensors go wrong, and where the truth about it is written. */
  public record Faults(double perSensorPerHour, Path truthFile) {}

  public AgentConfig {
    requireNonNull(mqtt, "mqtt is null");
    requireNonNull(spool, "spool is null");
    devices = List.copyOf(devices);
  }

  /** How many devices the agent has, simulated ones included. */
  public int deviceCount() {
    return devices.size() + simulate.map(s -> s.devices().size()).orElse(0);
  }

  /** How much disk each device's spool may use. */
  public long spoolBytesPerDevice() {
    return spool.maxBytes() / deviceCount();
  }
}
