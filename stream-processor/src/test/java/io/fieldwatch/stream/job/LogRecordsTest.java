package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.topic.KafkaTopics;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LogRecordsTest {
  @Test
  void aRecordKeepsItsPlaceItsTimeAndItsTopic() {
    // When
    LogRecord record = LogRecords.of(record("fieldwatch/lab/d1/telemetry", "false"));

    // Then
    assertThat(record.offset()).isEqualTo(42);
    assertThat(record.ingestMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(record.mqttTopic()).isEqualTo("fieldwatch/lab/d1/telemetry");
    assertThat(record.key()).isEqualTo("lab/d1".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo("{}".getBytes(UTF_8));
  }

  @Test
  void whatTheBrokerHadKeptIsToldFromWhatIsSaidNow() {
    assertThat(LogRecords.of(record("fieldwatch/lab/d1/status", "true")).delivery())
        .isEqualTo(LogRecord.Delivery.RETAINED);
    assertThat(LogRecords.of(record("fieldwatch/lab/d1/status", "false")).delivery())
        .isEqualTo(LogRecord.Delivery.LIVE);
  }

  @Test
  void aRecordThatNoConnectorWroteIsLiveAndOfNoTopic() {
    // When
    LogRecord record = LogRecords.of(record(new RecordHeaders()));

    // Then
    assertThat(record.delivery()).isEqualTo(LogRecord.Delivery.LIVE);
    assertThat(record.mqttTopic()).isNull();
  }

  @Test
  void aRecordWithoutAValueIsAnEmptyMessage() {
    // When
    LogRecord record =
        LogRecords.of(
            new ConsumerRecord<>(KafkaTopics.READINGS, 3, 42, "lab/d1".getBytes(UTF_8), null));

    // Then
    assertThat(record.offset()).isEqualTo(42);
    assertThat(record.value()).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String retained) {
    return record(
        new RecordHeaders()
            .add(KafkaTopics.HEADER_MQTT_TOPIC, topic.getBytes(UTF_8))
            .add(KafkaTopics.HEADER_MQTT_RETAINED, retained.getBytes(UTF_8)));
  }

  private static ConsumerRecord<byte[], byte[]> record(Headers headers) {
    return new ConsumerRecord<>(
        KafkaTopics.READINGS,
        3,
        42,
        1_700_000_000_000L,
        TimestampType.CREATE_TIME,
        6,
        2,
        "lab/d1".getBytes(UTF_8),
        "{}".getBytes(UTF_8),
        headers,
        Optional.empty());
  }
}
