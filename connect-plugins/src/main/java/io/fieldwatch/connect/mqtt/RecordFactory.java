package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.route.Routes;
import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka records of a message: on its route and to where it is copied, or to quarantine
 * with the reason.
 */
final class RecordFactory {
  private static final String ORIGIN_MQTT = "mqtt";
  private static final String UNDECODED = "-1";

  private final Routes routes;
  private final Optional<Routes> copies;
  private final String quarantineTopic;
  private final int payloadMaxBytes;
  private final MqttMetrics metrics;
  private final Map<String, String> sourcePartition;

  /**
   * What Connect stores as position. It never changes: the position is the broker's session. One
   * partition and offset for all records keep the worker's flush of offsets small.
   */
  private final Map<String, String> sourceOffset = Map.of("position", "mqtt-session");

  RecordFactory(MqttSourceConfig config, String clientId, MqttMetrics metrics) {
    this.routes = config.routes();
    this.copies = config.copies();
    this.quarantineTopic = config.quarantineTopic();
    this.payloadMaxBytes = config.payloadMaxBytes();
    this.metrics = metrics;
    this.sourcePartition = Map.of("mqtt.client.id", clientId);
  }

  /** One record, or two that count as one commit: the message's own first, then its copy. */
  List<MqttRecord> records(Inbound message) {
    Optional<DeviceTopic> topic = DeviceTopic.parse(message.topic());
    if (topic.isEmpty()) {
      return quarantined(
          message,
          null,
          Reason.BAD_TOPIC,
          "The topic is not fieldwatch/{site}/{device}/{channel} with names"
              + " [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    String key = topic.get().device().key();
    if (message.length() > payloadMaxBytes) {
      return quarantined(
          message,
          key,
          Reason.TOO_LARGE,
          "The message has %d bytes, at most %d are allowed"
              .formatted(message.length(), payloadMaxBytes));
    }
    Optional<String> destination = routes.destination(message.topic());
    if (destination.isEmpty()) {
      return quarantined(
          message, key, Reason.BAD_TOPIC, "No route of the connector takes the topic");
    }
    Optional<String> copy = copies.flatMap(to -> to.destination(message.topic()));
    Delivered delivered = new Delivered(message.slot(), copy.isPresent() ? 2 : 1);
    MqttRecord own = routed(message, destination.get(), key, delivered);
    return copy.isPresent()
        ? List.of(own, routed(message, copy.get(), key, delivered))
        : List.of(own);
  }

  private MqttRecord routed(Inbound message, String kafkaTopic, String key, Delivered delivered) {
    return new MqttRecord(
        sourcePartition, sourceOffset, kafkaTopic, key, message, headers(message), delivered);
  }

  private List<MqttRecord> quarantined(
      Inbound message, @Nullable String key, Reason reason, String detail) {
    metrics.quarantined();
    Headers headers =
        headers(message)
            .addString(QuarantineHeaders.REASON, reason.code())
            .addString(QuarantineHeaders.DETAIL, detail)
            .addString(QuarantineHeaders.READINGS, UNDECODED)
            .addString(QuarantineHeaders.ORIGIN, ORIGIN_MQTT);
    if (message.isTruncated()) {
      headers.addString(QuarantineHeaders.TRUNCATED, "true");
    }
    return List.of(
        new MqttRecord(
            sourcePartition,
            sourceOffset,
            quarantineTopic,
            key,
            message,
            headers,
            new Delivered(message.slot(), 1)));
  }

  private static Headers headers(Inbound message) {
    Headers headers =
        new ConnectHeaders()
            .addString(KafkaTopics.HEADER_MQTT_TOPIC, message.topic())
            .addString(KafkaTopics.HEADER_MQTT_QOS, Integer.toString(message.qos()))
            .addString(KafkaTopics.HEADER_MQTT_RETAINED, message.retained())
            .addString(KafkaTopics.HEADER_MQTT_RECEIVED, Long.toString(message.receivedMillis()));
    message
        .contentType()
        .ifPresent(type -> headers.addString(KafkaTopics.HEADER_CONTENT_TYPE, type));
    return headers;
  }
}
