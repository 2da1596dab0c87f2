package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far Kafka has one message, which may be several records. The message is settled once, when
 * the last of them is: a PUBACK before that could lose a record for ever. Thread-safe.
 */
final class Delivered {
  private final Optional<Slot> slot;
  private final int records;
  private final List<MqttRecord> settled = new ArrayList<>(2);
  private boolean skipped;

  /**
   * A message of which nothing is settled.
   *
   * @param slot where it is to be acknowledged; empty for QoS 0
   * @param records how many there are of it
   */
  Delivered(Optional<Slot> slot, int records) {
    this.slot = slot;
    this.records = records;
  }

  Optional<Slot> slot() {
    return slot;
  }

  /** Kafka has a record. True if that settles the message; false if a record is told twice. */
  synchronized boolean commit(MqttRecord record) {
    return settle(record);
  }

  /** The worker dropped a record. True if that settles the message. */
  synchronized boolean skip(MqttRecord record) {
    skipped = true;
    return settle(record);
  }

  /** Whether the worker dropped any of the message's records. */
  synchronized boolean isSkipped() {
    return skipped;
  }

  private boolean settle(MqttRecord record) {
    if (settled.contains(record)) {
      return false;
    }
    settled.add(record);
    return settled.size() == records;
  }
}
