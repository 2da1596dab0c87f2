package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.Slot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as it came from the broker, on its way to {@link MqttSourceTask#poll}. */
final class Inbound {
  private final String topic;
  private final byte[] payload;
  private final int length;
  private final int qos;
  private final String retained;
  private final @Nullable String contentType;
  private final long receivedMillis;
  private final @Nullable Slot slot;

  /**
   * A message.
   *
   * @param payload its bytes, or the first of them if it is far too large
   * @param length how many bytes the whole message has
   * @param retained {@code true} or {@code false}, as the header says it
   * @param contentType null where the publisher gave none
   * @param slot where it is to be acknowledged; null for QoS 0
   */
  Inbound(
      String topic,
      byte[] payload,
      int length,
      int qos,
      String retained,
      @Nullable String contentType,
      long receivedMillis,
      @Nullable Slot slot) {
    this.topic = topic;
    this.payload = payload;
    this.length = length;
    this.qos = qos;
    this.retained = retained;
    this.contentType = contentType;
    this.receivedMillis = receivedMillis;
    this.slot = slot;
  }

  String topic() {
    return topic;
  }

  byte[] payload() {
    return payload;
  }

  int length() {
    return length;
  }

  boolean isTruncated() {
    return payload.length < length;
  }

  int qos() {
    return qos;
  }

  String retained() {
    return retained;
  }

  Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  long receivedMillis() {
    return receivedMillis;
  }

  Optional<Slot> slot() {
    return Optional.ofNullable(slot);
  }
}
