package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.Slot;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that knows which MQTT message it is. Connect hands this instance, not a transformed
 * copy, to {@link MqttSourceTask#commitRecord}.
 *
 * <p>Equality is identity: a worker with exactly-once support keeps records in a map, where two
 * equal ones would collapse and one message would never be acknowledged.
 */
final class MqttRecord extends SourceRecord {
  private final @Nullable Slot slot;

  /**
   * A record with bytes as its value.
   *
   * @param key {@code site/device}; null where the device is not known
   */
  MqttRecord(
      Map<String, ?> sourcePartition,
      Map<String, ?> sourceOffset,
      String kafkaTopic,
      @Nullable String key,
      Inbound message,
      Headers headers) {
    super(
        sourcePartition,
        sourceOffset,
        kafkaTopic,
        null,
        key == null ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA,
        key,
        Schema.BYTES_SCHEMA,
        message.payload(),
        message.receivedMillis(),
        headers);
    this.slot = message.slot().orElse(null);
  }

  /** Where the message is to be acknowledged; empty for QoS 0. */
  Optional<Slot> slot() {
    return Optional.ofNullable(slot);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
