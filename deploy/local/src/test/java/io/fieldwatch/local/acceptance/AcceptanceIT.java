package io.fieldwatch.local.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.dashboards.DashboardCheck;
import io.fieldwatch.dashboards.QueryResult;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.oracle.IndependentOracle;
import io.fieldwatch.local.oracle.Judgement;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise, on the real stack: a hundred devices under load, three processes killed, five bad
 * messages among the good ones; at the end every reading is accounted for, exactly.
 */
class AcceptanceIT {
  private static final Judgement JUDGEMENT =
      new Judgement(
          List.of("10s", "1m"), Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofMinutes(5));
  private static final int DEVICES = 100;
  private static final int SENSORS = 5;
  private static final String VICTIM = "fieldwatch/lab/east-001/telemetry";

  @TempDir private Path folder;

  @Test
  void every_reading_is_accounted_for_though_processes_are_killed_and_messages_are_bad()
      throws Exception {
    // The points of minute windows are at the minute's start, which may lie before this moment.
    Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    List<ProcessHandle> processes;
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .agent("east", fleet("east-", 1))
            .agent("west", fleet("west-", 2))
            .start()) {
      // Given
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      awaitStoredAbove(influx, 0);

      // When
      publishBadMessages(stack);
      stack.connect().kill();
      stack.connect().start();
      awaitStoredAbove(influx, stored(influx));
      stack.streamJob().kill();
      stack.streamJob().start();
      awaitStoredAbove(influx, stored(influx));
      stack.agent("east").kill();
      stack.agent("east").start();
      awaitStoredAbove(influx, stored(influx));
      stack.stopAgents();
      Finding finding = Auditor.audit(stack.endpoints(), Duration.ofMinutes(3));

      // Then
      assertThat(finding.account().lines()).as("accounts").hasSizeGreaterThanOrEqualTo(DEVICES);
      assertThat(finding.proven()).as("%s", finding).isTrue();
      assertThat(finding.quiet()).isTrue();
      // Long windows are written seldom while they are open; a job that stops writes them all out.
      stack.streamJob().stop();
      assertWindowsAreThoseOfTheOracles(stack);
      assertEachBadMessageIsInQuarantine(stack);
      assertDashboardsShowIt(stack, from);
      processes =
          stack.components().stream()
              .flatMap(component -> component.pid().stream().boxed())
              .flatMap(pid -> ProcessHandle.of(pid).stream())
              .toList();
    }
    assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private static AgentConfig fleet(String prefix, int seed) {
    return AgentConfig.of(
            """
            simulate:
              site: lab
              prefix: %s
              devices: %d
              sensors: %d
              interval: 100ms
              pack: 500ms
              seed: %d
              faults: {perSensorPerHour: 60, truthFile: truth.csv}
            """
                .formatted(prefix, DEVICES / 2, SENSORS, seed))
        .heap(256);
  }

  private static void publishBadMessages(Stack stack) throws MqttException {
    long now = Instant.now().getEpochSecond();
    try (RawPublisher foreign = new RawPublisher(stack.endpoints().mqtt())) {
      foreign.publish(VICTIM, "temperature=21.5".getBytes(UTF_8));
      foreign.publish(VICTIM, pack("lab/east-002/", now, "1"));
      foreign.publish(VICTIM, pack("lab/east-001/", now, "NaN"));
      foreign.publish(VICTIM, new byte[2 << 20]);
      foreign.publish(VICTIM, pack("lab/east-001/", now + 86_400, "1"));
    }
  }

  private static byte[] pack(String baseName, long time, String value) {
    return "[{\"bn\":\"%s\",\"n\":\"temperature\",\"t\":%d,\"v\":%s}]"
        .formatted(baseName, time, value)
        .getBytes(UTF_8);
  }

  private static void awaitStoredAbove(InfluxQuery influx, long before) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> stored(influx) > before);
  }

  private static long stored(InfluxQuery influx) throws IOException, InterruptedException {
    return influx
        .run("SELECT sum(count) AS stored FROM \"window\" WHERE \"window\" = '10s'")
        .stream()
        .mapToLong(row -> row.count("stored"))
        .sum();
  }

  private static void assertWindowsAreThoseOfTheOracles(Stack stack)
      throws IOException, InterruptedException {
    Differences fromFirstPrinciples =
        IndependentOracle.of(stack.endpoints().kafkaBootstrap(), JUDGEMENT)
            .compare(stack.endpoints().influxDb());
    assertThat(fromFirstPrinciples.compared()).isGreaterThan(DEVICES * SENSORS);
    assertThat(fromFirstPrinciples.isNone()).as("%s", fromFirstPrinciples).isTrue();
    Differences toTheBit = ExactOracle.of(stack).compare();
    assertThat(toTheBit.isNone()).as("%s", toTheBit).isTrue();
  }

  private static void assertEachBadMessageIsInQuarantine(Stack stack) {
    Map<String, String> reasonsByMessage = new HashMap<>();
    try (TopicReader quarantine =
        TopicReader.fromBeginning(stack.endpoints().kafkaBootstrap(), KafkaTopics.QUARANTINE)) {
      quarantine.readToEnd(
          Duration.ofSeconds(30),
          record ->
              // A batch that was applied again after a kill writes the same record again, and a
              // message that Connect had not acknowledged when it was killed comes once more.
              reasonsByMessage.put(
                  new String(record.value(), ISO_8859_1),
                  header(record, QuarantineHeaders.REASON)));
    }
    assertThat(reasonsByMessage.values())
        .containsExactlyInAnyOrder(
            "not-senml", "foreign-base-name", "not-finite", "too-large", "future");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static void assertDashboardsShowIt(Stack stack, Instant from)
      throws IOException, InterruptedException {
    List<QueryResult> results =
        DashboardCheck.run(stack.endpoints().influxDb(), from, Instant.now().plusSeconds(60));

    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.isOk()).as("%s", result).isTrue());
  }
}
