package io.fieldwatch.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An hour of four simulated devices with faults, played through the real stack in seconds. */
class PulseIT {
  private static final int DEVICES = 4;
  private static final int SENSORS = 5;
  private static final long SCORES = DEVICES * SENSORS * 350L;

  @TempDir private Path folder;

  @Test
  void the_leaderboard_agrees_with_the_scores_of_the_same_time() throws Exception {
    // Given
    Simulation.write(folder, DEVICES, "1h", 6);

    // When
    try (Stack stack = Stack.in(folder.resolve("stack")).agent("stories", replay()).start()) {
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      awaitUntil(() -> scores(influx) >= SCORES);

      // Then
      awaitUntil(() -> board(influx, "1m").equals(flaggedByScores(influx)));
      awaitUntil(() -> pulse(influx).count("readings") == storedReadings(influx));
      assertThat(board(influx, "1m")).isNotEmpty();
      Row pulse = pulse(influx);
      assertThat(pulse.text("slowest_hop")).contains("ingest");
      assertThat(pulse.count("failures")).isZero();
      assertThat(pulse.count("lost_summaries")).isZero();
    }
  }

  @Test
  void windows_go_on_after_a_kill_and_nothing_stays_in_them() throws Exception {
    // Given
    Simulation.write(folder, DEVICES, "1h", 6);
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .jobSetting("pulse.slide", "2s")
            .jobSetting("pulse.window", "30s")
            .jobSetting("pulse.shortWindow", "4s")
            .agent("stories", replay())
            .start()) {
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      // Some slides later there is a checkpoint that holds them.
      awaitUntil(() -> !board(influx, "30s").isEmpty());
      long seen = pulses(influx);
      awaitUntil(() -> pulses(influx) > seen + 3);

      // When
      stack.streamJob().kill();
      stack.streamJob().start();

      // Then
      assertThat(Files.readString(stack.streamJob().logFile())).contains("Going on with the pulse");
      awaitUntil(() -> scores(influx) >= SCORES);
      awaitUntil(() -> board(influx, "30s").isEmpty() && board(influx, "4s").isEmpty());
      awaitUntil(() -> pulse(influx).count("readings") == 0);
      assertThat(pulse(influx).count("failures")).isZero();
    }
  }

  private static void awaitUntil(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).until(condition);
  }

  private static long pulses(InfluxQuery influx) throws IOException, InterruptedException {
    return influx.run("SELECT count(batches) AS pulses FROM pulse").get(0).count("pulses");
  }

  private static Row pulse(InfluxQuery influx) throws IOException, InterruptedException {
    return influx
        .run(
            "SELECT last(readings) AS readings, slowest_hop, failures, lost_summaries, share"
                + " FROM pulse")
        .get(0);
  }

  private static Map<String, Long> board(InfluxQuery influx, String board)
      throws IOException, InterruptedException {
    return influx
        .run(
            "SELECT last(anomalies) AS anomalies, site, device FROM leaderboard WHERE board = '%s' GROUP BY rank"
                .formatted(board))
        .stream()
        .filter(row -> row.count("anomalies") > 0)
        .collect(
            Collectors.toMap(
                row -> row.text("site").orElse("") + "/" + row.text("device").orElse(""),
                row -> row.count("anomalies"),
                Long::sum,
                TreeMap::new));
  }

  private static Map<String, Long> flaggedByScores(InfluxQuery influx)
      throws IOException, InterruptedException {
    return influx.run("SELECT sum(flagged) AS flagged FROM score GROUP BY site, device").stream()
        .filter(row -> row.count("flagged") > 0)
        .collect(
            Collectors.toMap(
                row -> row.tag("site") + "/" + row.tag("device"),
                row -> row.count("flagged"),
                Long::sum,
                TreeMap::new));
  }

  private static long scores(InfluxQuery influx) throws IOException, InterruptedException {
    return influx.run("SELECT count(probability) AS scores FROM score").stream()
        .mapToLong(row -> row.count("scores"))
        .sum();
  }

  private static long storedReadings(InfluxQuery influx) throws IOException, InterruptedException {
    return influx
        .run("SELECT sum(count) AS readings FROM \"window\" WHERE \"window\" = '10s'")
        .get(0)
        .count("readings");
  }

  private AgentConfig replay() {
    return AgentConfig.of(
        IntStream.rangeClosed(1, DEVICES)
            .mapToObj(
                device ->
                    """
                      - id: lab/story-%1$d
                        source: {type: replay, file: %2$s/sim-%1$03d.csv, speed: 200, times: original}
                    """
                        .formatted(device, folder))
            .collect(Collectors.joining("", "devices:\n", "")));
  }
}
