package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes records of the quarantine; each method gives a changed one. */
record Messages(
    @Nullable String key,
    String mqttTopic,
    String reason,
    int readings,
    String origin,
    Instant at) {
  static Messages undecoded() {
    return new Messages(
        "plant/press-4",
        "fieldwatch/plant/press-4/telemetry",
        "not-json",
        -1,
        "fieldwatch.readings/3@17",
        Instant.parse("2026-03-01T12:00:00Z"));
  }

  Messages of(@Nullable String newKey) {
    return new Messages(newKey, mqttTopic, reason, readings, origin, at);
  }

  Messages by(String newTopic) {
    return new Messages(key, newTopic, reason, readings, origin, at);
  }

  Messages refused(String newReason, int newReadings) {
    return new Messages(key, mqttTopic, newReason, newReadings, origin, at);
  }

  Messages from(String newOrigin) {
    return new Messages(key, mqttTopic, reason, readings, newOrigin, at);
  }

  Messages at(String instant) {
    return new Messages(key, mqttTopic, reason, readings, origin, Instant.parse(instant));
  }

  QuarantinedMessage message() {
    return new QuarantinedMessage(record());
  }

  ConsumerRecord<byte[], byte[]> record() {
    byte[] value = "{\"pressure\": 1.5}".getBytes(UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers
        .add(QuarantineHeaders.REASON, reason.getBytes(UTF_8))
        .add(QuarantineHeaders.DETAIL, "Cannot read it".getBytes(UTF_8))
        .add(QuarantineHeaders.READINGS, Integer.toString(readings).getBytes(UTF_8))
        .add(QuarantineHeaders.ORIGIN, origin.getBytes(UTF_8))
        .add(KafkaTopics.HEADER_MQTT_TOPIC, mqttTopic.getBytes(UTF_8));
    return new ConsumerRecord<>(
        KafkaTopics.QUARANTINE,
        0,
        42,
        at.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        key == null ? null : key.getBytes(UTF_8),
        value,
        headers,
        Optional.empty());
  }
}
