package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.route.Routes;
import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes the Kafka record of a message: on its route, or to quarantine with the reason. */
final class RecordFactory {
  private static final String ORIGIN_MQTT = "mqtt";
  private static final String UNDECODED = "-1";

  private final Routes routes;
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
    this.quarantineTopic = config.quarantineTopic();
    this.payloadMaxBytes = config.payloadMaxBytes();
    this.metrics = metrics;
    this.sourcePartition = Map.of("mqtt.client.id", clientId);
  }

  MqttRecord record(Inbound message) {
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
    return new MqttRecord(
        sourcePartition, sourceOffset, destination.get(), key, message, headers(message));
  }

  private MqttRecord quarantined(
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
    return new MqttRecord(sourcePartition, sourceOffset, quarantineTopic, key, message, headers);
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
