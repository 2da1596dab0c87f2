package io.fieldwatch.local.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.local.Cli;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A configuration that refuses good messages for a while, put right, and what it refused sent
 * again: the windows are those of a device that was never refused, and the account balances.
 */
class QuarantineIT {
  private static final String TWIN_ONLY =
      "[{filter: fieldwatch/plant/twin/telemetry, format: json}]";
  private static final String WHOLE_PLANT =
      "[{filter: fieldwatch/plant/+/telemetry, format: json}]";
  private static final int REFUSED = 40;
  private static final int ALL = 60;
  private static final int OLD = 5;

  @TempDir private Path folder;
  private final long beginMillis = Instant.now().minusSeconds(60).toEpochMilli();

  @Test
  void what_was_refused_by_mistake_is_stored_after_the_fix_as_if_nothing_had_happened()
      throws Exception {
    // Given a job that takes one device's JSON for SenML, and finds the agents' packs too large
    try (Stack stack = start("2", TWIN_ONLY, "agents")) {
      publish(stack, 0, REFUSED);
      publishOld(stack);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> refused("not-senml") == REFUSED + OLD && refused("too-many-readings") > 20);
      stack.stopAgents();
      assertThat(Auditor.audit(stack.endpoints(), Duration.ofSeconds(3)).proven()).isFalse();
    }

    // When that is put right, the device goes on, and what was refused is sent again
    try (Stack stack = start("10000", WHOLE_PLANT)) {
      publish(stack, REFUSED, ALL);
      awaitCount(stack, "press", 2 * (ALL - REFUSED));
      String plan = fieldwatch(0, "quarantine", "replay", "--all", "--dry-run");
      String late = replayOld(stack);
      String replayed = fieldwatch(0, "quarantine", "replay", "--all");

      // Then the windows are those of its twin, and every agent's account balances
      assertThat(plan).contains("would be sent again", "not-senml " + (REFUSED + OLD));
      assertThat(replayed)
          .contains("sent again", "not-senml " + REFUSED, "The job has taken all of them.");
      awaitCount(stack, "press", 2 * ALL);
      assertWindowsAreEqual(stack);
      Finding finding = Auditor.audit(stack.endpoints(), Duration.ofMinutes(1));
      assertThat(finding.proven()).as("%s", finding).isTrue();
      assertThat(finding.quiet()).isTrue();

      // And what came too late for its windows was said to be late
      assertThat(late).contains(OLD + " messages sent again", "late " + OLD, "revisionHorizon");

      // And one message can be looked at
      String id =
          fieldwatch(0, "quarantine", "list", "--ids", "--reason", "not-senml").split("  ")[1];
      assertThat(fieldwatch(0, "quarantine", "show", id))
          .contains("message   " + id, "reason    not-senml: ", "replay    it was", "|{\"time\"");

      // And nothing is sent a second time
      assertThat(fieldwatch(0, "quarantine", "replay", "--all"))
          .contains("0 messages sent again\n", "were sent again before");
      awaitCount(stack, "press", 2 * ALL);
    }
  }

  private Stack start(String readingsPerPack, String decoders, String... agents)
      throws IOException, InterruptedException {
    StackPlan plan =
        Stack.in(folder.resolve("stack"))
            .jobSetting("batch", "200ms")
            .jobSetting("windows", "[10s, 1m, 15m]")
            .jobSetting("limits.readingsPerPack", readingsPerPack)
            .jobSetting("decoders", decoders);
    for (String agent : agents) {
      plan =
          plan.agent(
              agent,
              AgentConfig.of(
                  "simulate: {site: lab, prefix: sim-, devices: 2, sensors: 3, interval: 200ms,"
                      + " pack: 1s, seed: 7}\n"));
    }
    return plan.start();
  }

  /** Both devices say the same, in one reading for each of two sensors. */
  private void publish(Stack stack, int from, int to) throws MqttException {
    try (RawPublisher publisher = new RawPublisher(stack.endpoints().mqtt())) {
      for (int i = from; i < to; i++) {
        byte[] message =
            "{\"time\": %d, \"pressure\": %s, \"oil\": {\"level\": %d}}"
                .formatted(beginMillis + i * 500L, 100 + (i * 7 % 13) * 0.25, i % 5)
                .getBytes(UTF_8);
        publisher.publish("fieldwatch/plant/press/telemetry", message);
        publisher.publish("fieldwatch/plant/twin/telemetry", message);
      }
    }
  }

  /** A device that says now what it measured three hours ago, beyond the revision horizon. */
  private void publishOld(Stack stack) throws MqttException {
    try (RawPublisher publisher = new RawPublisher(stack.endpoints().mqtt())) {
      for (int i = 0; i < OLD; i++) {
        publisher.publish(
            "fieldwatch/plant/old/telemetry",
            "{\"time\": %d, \"x\": 1}".formatted(beginMillis - 10_800_000L + i).getBytes(UTF_8));
      }
    }
  }

  /** The device has a reading of now when those of then are sent again. */
  private String replayOld(Stack stack) throws MqttException {
    try (RawPublisher publisher = new RawPublisher(stack.endpoints().mqtt())) {
      publisher.publish("fieldwatch/plant/old/telemetry", "{\"x\": 1}".getBytes(UTF_8));
    }
    awaitCount(stack, "old", 1);
    return fieldwatch(1, "quarantine", "replay", "--device", "plant/old");
  }

  private long refused(String reason) throws IOException {
    long messages = 0;
    JsonNode list =
        new ObjectMapper()
            .readTree(fieldwatch(0, "quarantine", "list", "--reason", reason, "--json"));
    for (JsonNode line : list) {
      messages += line.path("messages").asLong();
    }
    return messages;
  }

  private static void awaitCount(Stack stack, String device, long readings) {
    InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
    String sum =
        "SELECT sum(count) AS count FROM \"window\" WHERE \"window\" = '10s' AND device = '"
            + device
            + "'";
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(influx.run(sum).stream().mapToLong(row -> row.count("count")).sum())
                    .isEqualTo(readings));
  }

  private static void assertWindowsAreEqual(Stack stack) {
    InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(windows(influx, "press"))
                    .hasSizeGreaterThan(8)
                    .isEqualTo(windows(influx, "twin")));
  }

  /**
   * Every field of every window but those which say that readings came late and that it was written
   * again. Sums are rounded: their last bits depend on the order of the readings.
   */
  private static Map<String, Map<String, String>> windows(InfluxQuery influx, String device)
      throws IOException, InterruptedException {
    Map<String, Map<String, String>> windows = new TreeMap<>();
    for (Row row :
        influx.run(
            "SELECT * FROM \"window\" WHERE device = '%s' GROUP BY sensor, \"window\""
                .formatted(device))) {
      Map<String, String> fields = new TreeMap<>();
      row.fields().forEach((name, value) -> fields.put(name, rounded(value)));
      List.of("revision", "late", "device").forEach(fields::remove);
      windows.put(row.tag("sensor") + " " + row.tag("window") + " " + row.count("time"), fields);
    }
    return windows;
  }

  private static String rounded(JsonNode value) {
    return value.isNumber() ? "%.9f".formatted(value.asDouble()) : value.asText();
  }

  private String fieldwatch(int exitCode, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out));
    cli.setErr(new PrintWriter(err));
    String[] withFolder = Arrays.copyOf(words, words.length + 2);
    withFolder[words.length] = "--dir";
    withFolder[words.length + 1] = folder.resolve("stack").toString();
    assertThat(cli.execute(withFolder)).as("%s %s", out, err).isEqualTo(exitCode);
    return out.toString();
  }
}
