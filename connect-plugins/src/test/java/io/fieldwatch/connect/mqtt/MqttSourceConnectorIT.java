package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built plugin in a real worker, between a real MQTT broker and a real Kafka. */
@Timeout(120)
class MqttSourceConnectorIT {
  private static final int DEVICES = 5;

  private static Mosquitto mosquitto;
  private static KafkaServer kafka;
  private static ConnectWorker worker;

  @BeforeAll
  static void startServers(@TempDir Path directory) throws IOException {
    mosquitto = Mosquitto.start(directory.resolve("mosquitto"));
    kafka = KafkaServer.start(directory.resolve("kafka"));
    kafka.createTopic(
        KafkaTopics.QUARANTINE, 1, Map.of("max.message.bytes", Integer.toString(5 * 1024 * 1024)));
    worker = ConnectWorker.start(directory.resolve("worker"), kafka.bootstrap());
  }

  @AfterAll
  static void stopServers() {
    if (worker != null) {
      worker.close();
    }
    if (kafka != null) {
      kafka.close();
    }
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void aMessageBecomesARecordWithKeyHeadersAndTime() throws Exception {
    // Given
    kafka.createTopic(KafkaTopics.READINGS, 4, Map.of());
    kafka.createTopic(KafkaTopics.STATUS, 1, Map.of());
    Map<String, String> config = sample();
    config.remove("routes");
    config.put("tasks.max", "2");
    worker.configure("whole", config);
    worker.awaitRunning("whole");
    long before = System.currentTimeMillis();

    // When
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      publisher.publishRetained("fieldwatch/plant-1/pump-7/status", "{\"state\":\"online\"}");
      for (int i = 0; i < 100; i++) {
        publisher.publish("fieldwatch/plant-1/pump-7/telemetry", "pack " + i);
      }
      publisher.flush();
    }
    patience().until(() -> kafka.size(KafkaTopics.READINGS) == 101);
    patience().until(() -> kafka.size(KafkaTopics.STATUS) == 1);

    // Then
    List<ConsumerRecord<String, byte[]>> records = readings("/telemetry");
    ConsumerRecord<String, byte[]> status = kafka.readAll(KafkaTopics.STATUS).get(0);
    assertThat(readings("/status"))
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(copy.key()).isEqualTo("plant-1/pump-7");
              assertThat(copy.value()).isEqualTo(status.value());
              assertThat(copy.timestamp()).isEqualTo(status.timestamp());
              assertThat(headers(copy)).isEqualTo(headers(status));
            });
    assertThat(records)
        .extracting(r -> new String(r.value(), UTF_8))
        .hasSize(100)
        .startsWith("pack 0", "pack 1");
    ConsumerRecord<String, byte[]> first = records.get(0);
    assertThat(first.key()).isEqualTo("plant-1/pump-7");
    assertThat(first.timestamp()).isBetween(before, System.currentTimeMillis());
    assertThat(headers(first))
        .containsEntry("mqtt.topic", "fieldwatch/plant-1/pump-7/telemetry")
        .containsEntry("mqtt.qos", "1")
        .containsEntry("mqtt.retained", "false")
        .containsEntry("mqtt.received", Long.toString(first.timestamp()))
        .doesNotContainKey("content.type");
    worker.delete("whole");
  }

  @Test
  void whatCannotBeRoutedGoesToQuarantineAndDisturbsNothing() throws Exception {
    // Given
    route("q");
    byte[] tooLarge = new byte[2 * 1024 * 1024];
    Arrays.fill(tooLarge, (byte) 'x');
    byte[] farTooLarge = new byte[5 * 1024 * 1024];

    // When
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      publisher.publish("fieldwatch/q/d1/telemetry", "good 1");
      publisher.publish("fieldwatch/q/bad name!/telemetry", "whose?");
      publisher.publish("fieldwatch/q/d1/telemetry", tooLarge, "2 MiB");
      publisher.publish("fieldwatch/q/d2/telemetry", farTooLarge, "5 MiB");
      publisher.publish("fieldwatch/q/d1/telemetry", "good 2");
      publisher.flush();
    }
    patience().until(() -> kafka.size("readings-q") == 2 && quarantineOf("q").size() == 3);

    // Then
    List<ConsumerRecord<String, byte[]>> quarantine = quarantineOf("q");
    assertThat(quarantine.get(0).key()).isNull();
    assertThat(quarantine.get(0).value()).isEqualTo("whose?".getBytes(UTF_8));
    assertThat(headers(quarantine.get(0)))
        .containsEntry(QuarantineHeaders.REASON, "bad-topic")
        .containsEntry(QuarantineHeaders.ORIGIN, "mqtt")
        .containsEntry(QuarantineHeaders.READINGS, "-1")
        .containsEntry("mqtt.topic", "fieldwatch/q/bad name!/telemetry");
    assertThat(quarantine.get(1).key()).isEqualTo("q/d1");
    assertThat(quarantine.get(1).value()).isEqualTo(tooLarge);
    assertThat(headers(quarantine.get(1)))
        .containsEntry(QuarantineHeaders.REASON, "too-large")
        .containsEntry(
            QuarantineHeaders.DETAIL, "The message has 2097152 bytes, at most 262144 are allowed")
        .doesNotContainKey(QuarantineHeaders.TRUNCATED);
    assertThat(quarantine.get(2).value()).hasSize(4 * 1024 * 1024);
    assertThat(headers(quarantine.get(2))).containsEntry(QuarantineHeaders.TRUNCATED, "true");
    worker.delete("q");
  }

  @Test
  void aKilledWorkerLosesNothingThatWasAcknowledged() throws Exception {
    // Given
    route("killed");
    try (Load load = Load.start(mosquitto.uri(), "killed", DEVICES)) {
      patience().until(() -> kafka.size("readings-killed") > 1_000);

      // When: what the worker has taken and Kafka has not is in its memory only
      kafka.freeze();
      load.awaitMore(2_000);
      worker.killHard();
      kafka.thaw();
      load.awaitMore(2_000);
      worker.startAgain();
      load.awaitMore(2_000);
      load.stop();

      // Then
      assertEverythingArrivedInOrder("killed", load.acknowledged());
    }
    worker.delete("killed");
  }

  @Test
  void whileKafkaIsAwayTheBrokerKeepsTheMessages() throws Exception {
    // Given
    route("outage");
    try (Load load = Load.start(mosquitto.uri(), "outage", DEVICES)) {
      patience().until(() -> kafka.size("readings-outage") > 1_000);

      // When
      kafka.stop();
      load.awaitMoreThroughout(Duration.ofSeconds(15));
      kafka.startAgain();
      load.awaitMore(2_000);
      load.stop();

      // Then
      assertEverythingArrivedInOrder("outage", load.acknowledged());
      assertThat(worker.taskState("outage")).startsWith("RUNNING");
    }
    worker.delete("outage");
  }

  @Test
  void aRestartOfTheMqttBrokerLosesNothing() throws Exception {
    // Given
    route("restart");
    Set<String> acknowledged = new HashSet<>();
    try (Load load = Load.start(mosquitto.uri(), "restart", DEVICES)) {
      patience().until(() -> kafka.size("readings-restart") > 1_000);

      // When
      mosquitto.stop();
      load.abandon();
      acknowledged.addAll(load.acknowledged());
    }
    mosquitto.startAgain();
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      publisher.publish("fieldwatch/restart/after/telemetry", "after:1");
      publisher.flush();
      acknowledged.addAll(publisher.acknowledged());
    }

    // Then
    assertEverythingArrivedInOrder("restart", acknowledged);
    worker.delete("restart");
  }

  /** A connector of its own for a test: its site goes to its own Kafka topic. */
  private static void route(String site) throws IOException {
    kafka.createTopic("readings-" + site, 4, Map.of());
    Map<String, String> config = sample();
    config.put("mqtt.client.id", site);
    config.put("routes", "fieldwatch/" + site + "/+/telemetry=readings-" + site);
    worker.configure(site, config);
    worker.awaitRunning(site);
  }

  private static Map<String, String> sample() throws IOException {
    Map<String, String> config = new HashMap<>(SampleConfigTest.sample());
    config.put("mqtt.uri", mosquitto.uri());
    return config;
  }

  private static void assertEverythingArrivedInOrder(String site, Set<String> acknowledged) {
    assertThat(acknowledged).isNotEmpty();
    patience().until(() -> values(site).containsAll(acknowledged));
    Map<String, List<String>> byDevice =
        kafka.readAll("readings-" + site).stream()
            .collect(
                Collectors.groupingBy(
                    ConsumerRecord::key,
                    Collectors.mapping(r -> new String(r.value(), UTF_8), Collectors.toList())));
    // A redelivered message comes a second time, out of order; its first time is in order.
    byDevice.forEach(
        (device, payloads) ->
            assertThat(new LinkedHashSet<>(payloads))
                .as(device)
                .extracting(
                    payload -> Integer.parseInt(payload.substring(payload.indexOf(':') + 1)))
                .isSorted());
    System.out.printf(
        "%s: %d acknowledged, %d in Kafka, %d of them twice%n",
        site,
        acknowledged.size(),
        kafka.size("readings-" + site),
        kafka.size("readings-" + site) - values(site).size());
  }

  private static Set<String> values(String site) {
    return kafka.readAll("readings-" + site).stream()
        .map(r -> new String(r.value(), UTF_8))
        .collect(Collectors.toSet());
  }

  /** What came among the readings from MQTT topics of such an end. */
  private static List<ConsumerRecord<String, byte[]>> readings(String topicEnd) {
    return kafka.readAll(KafkaTopics.READINGS).stream()
        .filter(record -> headers(record).getOrDefault("mqtt.topic", "").endsWith(topicEnd))
        .toList();
  }

  private static List<ConsumerRecord<String, byte[]>> quarantineOf(String site) {
    return kafka.readAll(KafkaTopics.QUARANTINE).stream()
        .filter(
            r -> headers(r).getOrDefault("mqtt.topic", "").startsWith("fieldwatch/" + site + "/"))
        .toList();
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Function<Header, String> text = header -> new String(header.value(), UTF_8);
    return Arrays.stream(record.headers().toArray()).collect(Collectors.toMap(Header::key, text));
  }

  private static ConditionFactory patience() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250));
  }
}
