package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.plain.PlainReading;
import io.fieldwatch.benchmark.plain.WindowStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One window of all sensors of a device. Not thread safe. */
final class DeviceStatistics {
  private final Map<String, WindowStatistics> sensors = new LinkedHashMap<>();

  DeviceStatistics add(List<PlainReading> readings) {
    for (PlainReading reading : readings) {
      sensors
          .computeIfAbsent(reading.sensor(), unseen -> new WindowStatistics())
          .add(reading.value());
    }
    return this;
  }

  /** A record for each sensor. */
  List<byte[]> results(long startMillis) {
    List<byte[]> results = new ArrayList<>(sensors.size());
    sensors.forEach(
        (sensor, statistics) -> {
          WindowRecord result = statistics.result(sensor, startMillis);
          results.add(result.write());
        });
    return results;
  }

  /** Writes what {@link #read} reads. */
  void write(DataOutput out) throws IOException {
    out.writeInt(sensors.size());
    for (Map.Entry<String, WindowStatistics> sensor : sensors.entrySet()) {
      out.writeUTF(sensor.getKey());
      sensor.getValue().write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  static DeviceStatistics read(DataInput in) throws IOException {
    DeviceStatistics read = new DeviceStatistics();
    for (int left = in.readInt(); left > 0; left--) {
      read.sensors.put(in.readUTF(), WindowStatistics.read(in));
    }
    return read;
  }
}
