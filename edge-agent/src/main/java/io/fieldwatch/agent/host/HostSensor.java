package io.fieldwatch.agent.host;

import java.util.Locale;

/** What is read of a machine. Names and units (SenML, RFC 8428 and 8798) never change. */
enum HostSensor {
  /** Runnable and waiting tasks, mean of a minute. */
  LOAD_1M("/"),
  /** Share of all processors that is busy, 0 to 1. */
  CPU_USAGE("/"),
  MEMORY_USED("B"),
  MEMORY_AVAILABLE("B"),
  SWAP_USED("B"),
  /** Of the file system at {@code /}. */
  DISK_USED("B"),
  /** All physical disks together. */
  DISK_READ("B/s"),
  DISK_WRITE("B/s"),
  /** All network interfaces together, loopback not included. */
  NETWORK_RX("B/s"),
  NETWORK_TX("B/s"),
  CPU_TEMPERATURE("Cel");

  private final String unit;

  HostSensor(String unit) {
    this.unit = unit;
  }

  String sensorName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String unit() {
    return unit;
  }
}
