package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The task against a real MQTT broker; the test plays the worker and decides when Kafka has a
 * record.
 */
@Timeout(60)
class MqttSourceTaskIT {
  private static final RecordMetadata IN_KAFKA =
      new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);

  private static Path directory;
  private static Mosquitto mosquitto;

  private final List<MqttSourceTask> started = new ArrayList<>();
  private final RecordedMetrics metrics = new RecordedMetrics();

  @BeforeAll
  static void startBroker(@TempDir Path temporary) throws IOException {
    directory = temporary;
    mosquitto = Mosquitto.start(directory.resolve("mosquitto"));
  }

  @AfterAll
  static void stopBroker() {
    mosquitto.close();
  }

  @AfterEach
  void stopTasks() {
    started.forEach(MqttSourceTask::stop);
  }

  @Test
  void afterAReconnectNothingThatIsOnItsWayIsProducedAgain(TestInfo test) throws Exception {
    // Given
    try (Proxy proxy = Proxy.to(mosquitto.port())) {
      MqttSourceTask task = start(config(test, proxy.uri()));
      publish(test, 0, 100);
      List<SourceRecord> records = poll(task, 100);
      // Committed, but not acknowledged: the first of the line is not.
      records.subList(1, 50).forEach(record -> task.commitRecord(record, IN_KAFKA));

      // When
      proxy.cut();
      await().until(() -> metrics.value("redelivered_messages_total") == 100);
      publish(test, 100, 110);
      records.subList(50, 100).forEach(record -> task.commitRecord(record, IN_KAFKA));
      task.commitRecord(records.get(0), IN_KAFKA);

      // Then
      assertThat(payloads(poll(task, 10))).containsExactlyElementsOf(names(100, 110));
      await().until(() -> metrics.value("acked_messages_total") == 100);
      assertThat(metrics.value("inflight_messages")).isEqualTo(10);
      assertThat(metrics.value("reconnects_total")).isEqualTo(1);
      assertThat(metrics.value("received_messages_total")).isEqualTo(110);
    }
  }

  @Test
  void whatWasNotCommittedComesAgainAfterARestartOfTheTask(TestInfo test) throws Exception {
    // Given
    MqttSourceTask first = start(config(test, mosquitto.uri()));
    publish(test, 0, 10);
    List<SourceRecord> records = poll(first, 10);
    records.subList(0, 4).forEach(record -> first.commitRecord(record, IN_KAFKA));
    await().until(() -> metrics.value("acked_messages_total") == 4);

    // When
    first.stop();
    MqttSourceTask second = start(config(test, mosquitto.uri()));

    // Then
    assertThat(payloads(poll(second, 6))).containsExactlyElementsOf(names(4, 10));
  }

  @Test
  void aRecordThatTheWorkerDroppedIsAcknowledgedAndCounted(TestInfo test) throws Exception {
    // Given
    MqttSourceTask task = start(config(test, mosquitto.uri()));
    publish(test, 0, 1);

    // When
    task.commitRecord(poll(task, 1).get(0), null);

    // Then
    await().until(() -> metrics.value("acked_messages_total") == 1);
    assertThat(metrics.value("skipped_messages_total")).isEqualTo(1);
    assertThat(metrics.value("committed_messages_total")).isZero();
  }

  @Test
  void aCopiedMessageIsAcknowledgedWhenKafkaHasBothRecords(TestInfo test) throws Exception {
    // Given
    Map<String, String> config = config(test, mosquitto.uri());
    config.put("copies", topic(test) + "=also");
    MqttSourceTask first = start(config);
    publish(test, 0, 2);
    List<SourceRecord> records = poll(first, 4);
    assertThat(records)
        .extracting(record -> record.topic() + " " + new String((byte[]) record.value(), UTF_8))
        .containsExactly("readings 0", "also 0", "readings 1", "also 1");

    // When
    first.commitRecord(records.get(1), IN_KAFKA);
    first.commitRecord(records.get(0), IN_KAFKA);
    first.commitRecord(records.get(2), IN_KAFKA);
    first.commitRecord(records.get(2), IN_KAFKA);
    await().until(() -> metrics.value("acked_messages_total") == 1);
    first.stop();
    MqttSourceTask second = start(config);

    // Then
    assertThat(payloads(poll(second, 2))).containsExactly("1", "1");
    assertThat(metrics.value("committed_messages_total")).isZero();
    assertThat(metrics.value("acked_messages_total")).isZero();
  }

  @Test
  void aTakenOverSessionFailsTheTask(TestInfo test) throws Exception {
    // Given
    try (ScriptedBroker broker = ScriptedBroker.endingWith(0x8E)) {

      // Then
      assertThatThrownBy(() -> pollUntilItFails(start(config(test, broker.uri()))))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("0x8E: the session was taken over");
    }
  }

  @Test
  void aBrokerThatDoesNotAuthoriseFailsTheTask(TestInfo test) throws Exception {
    // Given
    int port = ServerProcess.freePort();
    try (Mosquitto closed =
        Mosquitto.start(directory.resolve("closed"), port, "allow_anonymous false")) {

      // Then
      assertThatThrownBy(() -> start(config(test, closed.uri())))
          .isInstanceOf(ConnectException.class)
          .hasMessage("Cannot connect: the broker answers 0x87, not authorised");
    }
  }

  @Test
  void tlsWorksInBothDirectionsAndRefusesAStranger(TestInfo test) throws Exception {
    // Given
    TestCertificate certificate = TestCertificate.create(directory, "broker");
    TestCertificate stranger = TestCertificate.create(directory, "stranger");
    try (Mosquitto secure =
        Mosquitto.start(
            directory.resolve("secure"),
            ServerProcess.freePort(),
            """
            allow_anonymous true
            require_certificate true
            cafile %1$s
            certfile %1$s
            keyfile %2$s"""
                .formatted(certificate.certificate(), certificate.key()))) {
      Map<String, String> config = config(test, "ssl://localhost:" + secure.port());
      config.put("mqtt.ssl.truststore.location", certificate.certificate().toString());
      config.put("mqtt.ssl.keystore.location", certificate.keyAndCertificate().toString());

      // When
      start(config);
      long trusted = metrics.value("connected");
      config.put("mqtt.ssl.truststore.location", stranger.certificate().toString());
      config.put("mqtt.client.id", "stranger");
      start(config);

      // Then
      assertThat(trusted).isEqualTo(1);
      assertThat(metrics.value("connected")).isZero();
    }
  }

  @Test
  void aBrokerThatIsAbsentAtTheStartIsWaitedFor(TestInfo test) throws Exception {
    // Given
    int port = ServerProcess.freePort();
    MqttSourceTask task = start(config(test, "tcp://127.0.0.1:" + port));
    assertThat(task.poll()).isNull();

    // When
    try (Mosquitto late =
        Mosquitto.start(directory.resolve("late"), port, "allow_anonymous true")) {
      await().atMost(Duration.ofSeconds(20)).until(() -> metrics.value("connected") == 1);
      publish(late.uri(), test, 0, 1);

      // Then
      assertThat(payloads(poll(task, 1))).containsExactly("0");
    }
  }

  @Test
  void aBrokerThatNeverAnswersKeepsNoTaskFromStopping(TestInfo test) throws Exception {
    // Given
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      MqttSourceTask task = start(config(test, "tcp://127.0.0.1:" + mute.getLocalPort()));

      // When
      long before = System.nanoTime();
      task.stop();

      // Then
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      await().untilAsserted(() -> assertThat(threadsOf(test)).isEmpty());
    }
  }

  @Test
  void aStoppedTaskLeavesNoThread(TestInfo test) throws Exception {
    // Given
    MqttSourceTask task = start(config(test, mosquitto.uri()));
    assertThat(threadsOf(test)).hasSizeGreaterThan(2).allMatch(Thread::isDaemon);

    // When
    task.stop();

    // Then
    await().untilAsserted(() -> assertThat(threadsOf(test)).isEmpty());
    assertThat(task.poll()).isNull();
  }

  @Test
  void pollComesBackWithoutMessages(TestInfo test) throws Exception {
    // Given
    MqttSourceTask task = start(config(test, mosquitto.uri()));

    // When
    long before = System.nanoTime();
    List<SourceRecord> records = task.poll();

    // Then
    assertThat(records).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(400), Duration.ofSeconds(1));
  }

  @Test
  void withoutCommitsTheBrokerHoldsMessagesBackAndQos0IsDroppedAndCounted(TestInfo test)
      throws Exception {
    // Given
    Map<String, String> config = config(test, mosquitto.uri());
    config.put("mqtt.receive.maximum", "10");
    MqttSourceTask task = start(config);

    // When
    publish(test, 0, 50);
    await().until(() -> metrics.value("inflight_messages") == 10);
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      for (int i = 0; i < 30; i++) {
        publisher.publishUnacknowledged(topic(test), "qos 0");
      }
    }

    // Then
    await().until(() -> metrics.value("dropped_qos0_messages_total") > 0);
    assertThat(metrics.value("inflight_messages")).isEqualTo(10);
    List<String> got = new ArrayList<>();
    await()
        .until(
            () -> {
              List<SourceRecord> records = task.poll();
              if (records != null) {
                records.forEach(record -> task.commitRecord(record, IN_KAFKA));
                got.addAll(payloads(records));
              }
              return got.containsAll(names(0, 50));
            });
    assertThat(got.stream().filter(name -> !name.equals("qos 0")).toList())
        .containsExactlyElementsOf(names(0, 50));
  }

  @Test
  void aRetainedMessageIsForwardedOnceAndSaysSo(TestInfo test) throws Exception {
    // Given
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      publisher.publishRetained(topic(test), "retained");
    }

    // When
    MqttSourceTask task = start(config(test, mosquitto.uri()));
    SourceRecord record = poll(task, 1).get(0);
    task.commitRecord(record, IN_KAFKA);
    await().until(() -> metrics.value("acked_messages_total") == 1);
    task.stop();
    MqttSourceTask again = start(config(test, mosquitto.uri()));

    // Then
    assertThat(record.headers().lastWithName("mqtt.retained").value()).isEqualTo("true");
    assertThat(again.poll()).isNull();
  }

  private MqttSourceTask start(Map<String, String> config) {
    MqttSourceTask task = new MqttSourceTask();
    task.initialize(new TaskContext(config, metrics));
    started.add(task);
    task.start(config);
    return task;
  }

  private static Map<String, String> config(TestInfo test, String uri) {
    Map<String, String> config = new HashMap<>();
    config.put("name", name(test));
    config.put("mqtt.uri", uri);
    config.put("mqtt.client.id", name(test));
    config.put("routes", topic(test) + "=readings");
    config.put("task.filters", topic(test));
    config.put("task.number", "0");
    return config;
  }

  private static void publish(TestInfo test, int from, int to) throws Exception {
    publish(mosquitto.uri(), test, from, to);
  }

  private static void publish(String uri, TestInfo test, int from, int to) throws Exception {
    try (Publisher publisher = new Publisher(uri)) {
      for (String name : names(from, to)) {
        publisher.publish(topic(test), name);
      }
      publisher.flush();
    }
  }

  private static List<SourceRecord> poll(MqttSourceTask task, int atLeast) {
    List<SourceRecord> polled = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              List<SourceRecord> records = task.poll();
              if (records != null) {
                polled.addAll(records);
              }
              return polled.size() >= atLeast;
            });
    return polled;
  }

  /** The failure comes from start() or from a poll(), whichever is later than the broker. */
  private static void pollUntilItFails(MqttSourceTask task) throws InterruptedException {
    while (true) {
      assertThat(task.poll()).isNull();
    }
  }

  private static List<String> payloads(List<SourceRecord> records) {
    return records.stream().map(record -> new String((byte[]) record.value(), UTF_8)).toList();
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<Thread> threadsOf(TestInfo test) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(name(test)))
        .toList();
  }

  private static String topic(TestInfo test) {
    return "fieldwatch/it/" + name(test) + "/telemetry";
  }

  /** Short enough for a device's name and a client id. */
  private static String name(TestInfo test) {
    String method = test.getTestMethod().orElseThrow().getName();
    return method.substring(0, Math.min(55, method.length()));
  }
}
