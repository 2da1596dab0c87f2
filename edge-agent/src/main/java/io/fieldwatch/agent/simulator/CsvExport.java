package io.fieldwatch.agent.simulator;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a simulated device measures into a CSV file: {@code time} in milliseconds since the
 * Unix epoch, one column per sensor, empty where a sensor has dropped out, and where there are
 * faults a column {@code anomaly}, 1 while any sensor is at fault.
 */
public final class CsvExport {
  private final Instant start;
  private final Duration length;

  public CsvExport(Instant start, Duration length) {
    this.start = requireNonNull(start, "start is null");
    this.length = requireNonNull(length, "length is null");
  }

  /** Writes the file with the column {@code anomaly}. */
  public void writeLabelled(SimulatedDevice device, Path file) throws IOException {
    write(device, file, ",anomaly", faulty -> faulty > 0 ? ",1" : ",0");
  }

  /** Writes the file without that column. */
  public void write(SimulatedDevice device, Path file) throws IOException {
    write(device, file, "", faulty -> "");
  }

  private interface Label {
    String of(int faultySensors);
  }

  private void write(SimulatedDevice device, Path file, String lastColumn, Label label)
      throws IOException {
    List<String> names = device.sensors().stream().map(DeviceStatus.Sensor::name).toList();
    long end = start.plus(length).toEpochMilli();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("time," + String.join(",", names) + lastColumn + "\n");
      long slot = device.slotAt(start.toEpochMilli() - 1) + 1;
      List<Reading> readings = new ArrayList<>();
      for (; device.timeOf(slot) < end; slot++) {
        readings.clear();
        int faulty = device.read(slot, readings);
        out.write(Long.toString(device.timeOf(slot)));
        writeValues(names, readings, out);
        out.write(label.of(faulty));
        out.write('\n');
      }
    }
  }

  private static void writeValues(List<String> names, List<Reading> readings, BufferedWriter out)
      throws IOException {
    int next = 0;
    for (String name : names) {
      out.write(',');
      if (next < readings.size() && readings.get(next).sensor().equals(name)) {
        out.write(Double.toString(readings.get(next).value()));
        next++;
      }
    }
  }
}
