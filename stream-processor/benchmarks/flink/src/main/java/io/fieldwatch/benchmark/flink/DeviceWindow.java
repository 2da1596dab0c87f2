package io.fieldwatch.benchmark.flink;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.contract.WindowRecord;

/** A closed window on its way to Kafka. Public because Flink reads its fields. */
public record DeviceWindow(String device, WindowRecord window) {
  public DeviceWindow {
    requireNonNull(device, "device is null");
    requireNonNull(window, "window is null");
  }
}
