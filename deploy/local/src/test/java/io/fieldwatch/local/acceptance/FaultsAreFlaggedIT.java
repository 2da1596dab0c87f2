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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four hours of a simulated device with known faults, played through the real stack in seconds. */
class FaultsAreFlaggedIT {
  private static final long WINDOW_MILLIS = 10_000;

  /** What follows a fault is part of it: the way back to normal is a jump, too. */
  private static final long AFTERMATH_MILLIS = 60_000;

  /** The bundled model flags 11 of these 19 faults, and nothing else. */
  private static final int FLAGGED_FAULTS = 9;

  private static final int FALSE_FLAGS = 3;

  /** The sensor of scores that are of all sensors of the device together. */
  private static final String ALL_SENSORS = "_all";

  @TempDir private Path folder;

  @Test
  void windows_with_faults_are_flagged_and_explained_and_normal_ones_are_not() throws Exception {
    // Given
    Simulation.write(folder, 1, "4h", 1);
    List<Fault> faults =
        Files.readAllLines(folder.resolve("truth.csv")).stream().skip(1).map(Fault::parse).toList();

    // When
    List<Row> flags;
    try (Stack stack = Stack.in(folder.resolve("stack")).agent("story", replay(folder)).start()) {
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> scores(influx) >= 7_000);
      flags = influx.run("SELECT probability, top FROM score WHERE flagged = 1 GROUP BY sensor");
    }

    // Then
    assertThat(faults.stream().filter(fault -> flags.stream().anyMatch(fault::explains)))
        .hasSizeGreaterThanOrEqualTo(FLAGGED_FAULTS);
    assertThat(flags.stream().filter(flag -> faults.stream().noneMatch(f -> f.explains(flag))))
        .hasSizeLessThanOrEqualTo(FALSE_FLAGS);
    assertThat(flags).allMatch(flag -> flag.text("top").orElse("").contains(" +"));
  }

  private record Fault(String sensor, long fromMillis, long toMillis) {
    static Fault parse(String line) {
      String[] cells = line.split(",", -1);
      return new Fault(cells[1], Long.parseLong(cells[3]), Long.parseLong(cells[4]));
    }

    boolean explains(Row flag) {
      long start = flag.count("time");
      String flagged = flag.tag("sensor");
      return (flagged.equals(sensor) || flagged.equals(ALL_SENSORS))
          && start + WINDOW_MILLIS > fromMillis
          && start < toMillis + AFTERMATH_MILLIS;
    }
  }

  private static AgentConfig replay(Path folder) {
    return AgentConfig.of(
        """
        devices:
          - id: lab/story
            source: {type: replay, file: %s, speed: 400, times: original}
        """
            .formatted(folder.resolve("sim-001.csv")));
  }

  private static long scores(InfluxQuery influx) throws IOException, InterruptedException {
    return influx
        .run("SELECT count(probability) AS scores FROM score WHERE sensor != '_all'")
        .stream()
        .mapToLong(row -> row.count("scores"))
        .sum();
  }
}
