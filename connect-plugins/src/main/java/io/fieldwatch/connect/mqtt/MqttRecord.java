package io.fieldwatch.connect.mqtt;

import java.util.Map;
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
  private final Delivered delivered;

  /**
   * A record with bytes as its value.
   *
   * @param key {@code site/device}; null where the device is not known
   * @param delivered shared by the records of one message
   */
  MqttRecord(
      Map<String, ?> sourcePartition,
      Map<String, ?> sourceOffset,
      String kafkaTopic,
      @Nullable String key,
      Inbound message,
      Headers headers,
      Delivered delivered) {
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
    this.delivered = delivered;
  }

  /** What is known of the message that it is a record of. */
  Delivered delivered() {
    return delivered;
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
