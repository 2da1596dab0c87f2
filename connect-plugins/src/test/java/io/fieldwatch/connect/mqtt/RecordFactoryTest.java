package io.fieldwatch.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.connect.ack.Delivery;
import io.fieldwatch.connect.ack.Slot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.junit.jupiter.api.Test;

class RecordFactoryTest {
  private static final byte[] PAYLOAD = {1, 2, 3};

  private final RecordFactory factory =
      new RecordFactory(
          new MqttSourceConfig(
              Map.of(
                  "mqtt.uri", "tcp://broker:1883",
                  "mqtt.client.id", "connect",
                  "routes", "fieldwatch/+/+/telemetry=readings,fieldwatch/+/+/status=status",
                  "copies", "fieldwatch/+/+/status=readings",
                  "payload.max.bytes", "3",
                  "quarantine.max.bytes", "5")),
          "connect-0",
          new MqttMetrics());

  @Test
  void aMessageKeepsItsBytesAndSaysWhereItComesFrom() {
    // When
    MqttRecord record = record(message("fieldwatch/s/d/telemetry", PAYLOAD, 3));

    // Then
    assertThat(record.topic()).isEqualTo("readings");
    assertThat(record.key()).isEqualTo("s/d");
    assertThat(record.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(record.value()).isSameAs(PAYLOAD);
    assertThat(record.valueSchema()).isEqualTo(Schema.BYTES_SCHEMA);
    assertThat(record.kafkaPartition()).isNull();
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "mqtt.topic", "fieldwatch/s/d/telemetry",
                "mqtt.qos", "1",
                "mqtt.retained", "true",
                "mqtt.received", "1700000000000",
                "content.type", "application/senml+json"));
  }

  @Test
  void aTopicThatNamesNoDeviceGoesToQuarantineWithoutKey() {
    // When
    MqttRecord record = record(message("fieldwatch/s/-bad/telemetry", PAYLOAD, 3));

    // Then
    assertThat(record.topic()).isEqualTo("fieldwatch.quarantine");
    assertThat(record.key()).isNull();
    assertThat(headers(record))
        .containsEntry("quarantine.reason", "bad-topic")
        .containsEntry("quarantine.origin", "mqtt")
        .containsEntry("quarantine.readings", "-1")
        .doesNotContainKey("quarantine.truncated");
  }

  @Test
  void aTopicWithoutRouteGoesToQuarantine() {
    // When
    MqttRecord record = record(message("fieldwatch/s/d/config", PAYLOAD, 3));

    // Then
    assertThat(record.key()).isEqualTo("s/d");
    assertThat(headers(record))
        .containsEntry("quarantine.reason", "bad-topic")
        .containsEntry("quarantine.detail", "No route of the connector takes the topic");
  }

  @Test
  void aMessageThatIsTooLargeGoesToQuarantineAndSaysIfItWasCut() {
    // When
    MqttRecord whole = record(message("fieldwatch/s/d/telemetry", new byte[4], 4));
    MqttRecord cut = record(message("fieldwatch/s/d/telemetry", new byte[5], 9));

    // Then
    assertThat(headers(whole))
        .containsEntry("quarantine.reason", "too-large")
        .doesNotContainKey("quarantine.truncated");
    assertThat(headers(cut))
        .containsEntry("quarantine.detail", "The message has 9 bytes, at most 3 are allowed")
        .containsEntry("quarantine.truncated", "true");
  }

  @Test
  void equalMessagesAreDifferentRecords() {
    // Given
    Inbound message = message("fieldwatch/s/d/telemetry", PAYLOAD, 3);

    // Then
    assertThat(record(message)).isNotEqualTo(record(message));
  }

  @Test
  void aCopiedMessageIsTwoRecordsAndSettledWithTheSecond() {
    // When
    List<MqttRecord> records = factory.records(message("fieldwatch/s/d/status", PAYLOAD, 3));

    // Then
    assertThat(records).extracting(MqttRecord::topic).containsExactly("status", "readings");
    assertThat(records).extracting(MqttRecord::key).containsOnly("s/d");
    assertThat(headers(records.get(1)))
        .isEqualTo(headers(records.get(0)))
        .containsEntry("mqtt.topic", "fieldwatch/s/d/status");
    Delivered delivered = records.get(0).delivered();
    assertThat(records.get(1).delivered()).isSameAs(delivered);
    assertThat(delivered.commit(records.get(1))).isFalse();
    assertThat(delivered.commit(records.get(1))).isFalse();
    assertThat(delivered.commit(records.get(0))).isTrue();
    assertThat(delivered.commit(records.get(0))).isFalse();
    assertThat(delivered.isSkipped()).isFalse();
  }

  @Test
  void aMessageOfWhichOneRecordWasDroppedIsSkipped() {
    // Given
    List<MqttRecord> records = factory.records(message("fieldwatch/s/d/status", PAYLOAD, 3));
    Delivered delivered = records.get(0).delivered();

    // Then
    assertThat(delivered.skip(records.get(0))).isFalse();
    assertThat(delivered.commit(records.get(1))).isTrue();
    assertThat(delivered.isSkipped()).isTrue();
  }

  private MqttRecord record(Inbound message) {
    List<MqttRecord> records = factory.records(message);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static Inbound message(String topic, byte[] payload, int length) {
    return new Inbound(
        topic,
        payload,
        length,
        1,
        "true",
        "application/senml+json",
        1_700_000_000_000L,
        new Slot(Delivery.of(1, topic, payload), 0));
  }

  private static Map<String, Object> headers(MqttRecord record) {
    Map<String, Object> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    return headers;
  }
}
