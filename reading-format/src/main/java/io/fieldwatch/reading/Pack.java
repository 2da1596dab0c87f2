package io.fieldwatch.reading;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The readings of one MQTT message: the unit of transport, of deduplication and of a Kafka record.
 *
 * @param id absent for packs of foreign devices, which cannot be deduplicated
 */
public record Pack(DeviceId device, Optional<PackId> id, List<Reading> readings) {
  public Pack {
    requireNonNull(device, "device is null");
    requireNonNull(id, "id is null");
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("Invalid pack of " + device + ": no readings");
    }
  }
}
