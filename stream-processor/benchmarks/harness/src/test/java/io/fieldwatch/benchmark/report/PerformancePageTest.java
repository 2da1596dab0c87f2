package io.fieldwatch.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.benchmark.run.Interval;
import io.fieldwatch.benchmark.run.Live;
import io.fieldwatch.benchmark.run.Measured;
import io.fieldwatch.benchmark.run.Sut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
  private static final List<Sut> SYSTEMS =
      List.of(sut("limit"), sut("fieldwatch"), sut("flink-shared"), sut("kafka-streams-shared"));

  private static final List<Measured> RUNS =
      List.of(
          run("limit", 4_000_000, Optional.empty()),
          run("fieldwatch", 1_500_000, Optional.empty()),
          run("fieldwatch", 2_000_000, Optional.empty()),
          run("fieldwatch", 2_500_000, Optional.empty()),
          run("flink-shared", 2_500_000, Optional.empty()),
          run("kafka-streams-shared", 900_000, Optional.of("2 of 9 windows are missing")));

  private static final List<Live> LIVES = List.of(live(false, 12.5), live(true, 3.5));

  private final List<Line> lines = Line.of(SYSTEMS, List.of(1_000), RUNS);
  private final Figures figures =
      new Figures(lines, LIVES, Optional.of(new Figures.StateSize(9_000, 11_000)));

  @Test
  void ratiosAreOfMediansAndAVoidSideHasNone() {
    assertThat(figures.find("sameWorkToLimit")).hasValue(0.5);
    assertThat(figures.find("sameWorkToFlink")).hasValue(0.8);
    assertThat(figures.find("sameWorkToKafkaStreams")).isEmpty();
    assertThat(figures.find("kafka-streams-sharedOf1000ReadingsPerSecond")).isEmpty();
  }

  @Test
  void wrongResultOrMissedFloorIsNotOk() {
    assertThat(figures.isOk()).isFalse();
    assertThat(new Figures(lines.subList(0, 2), List.of(), Optional.empty()).isOk()).isTrue();
    assertThat(new Figures(lines.subList(0, 3), List.of(), Optional.empty()).isOk()).isFalse();
  }

  @Test
  void aDriverThatDidNotRecoverMissesItsFloor(@TempDir Path folder) throws IOException {
    // Given
    List<Live> lives = List.of(live(false, Double.POSITIVE_INFINITY), live(true, 3.5));

    // When
    Figures found = new Figures(lines.subList(0, 2), lives, Optional.empty());
    page(lines.subList(0, 2), found, lives).writeTo(folder.resolve("performance.md"));

    // Then
    assertThat(found.isOk()).isFalse();
    assertThat(found.json("a machine")).contains("\"recoverySeconds\":null,");
    assertThat(Files.readString(folder.resolve("performance.md")))
        .contains("| recovery after kill -9 of the only driver, s | ∞ |")
        .contains("windows came again as soon as before\nnot while the load lasted.");
  }

  @Test
  void lineOfJsonNamesFiguresAndFloors() {
    assertThat(figures.json("a machine"))
        .startsWith("{\"name\":\"stream\",\"ok\":false,\"figures\":{\"sameWorkToLimit\":0.5,")
        .contains("\"floors\":{\"sameWorkToLimit\":0.35,")
        .endsWith("\"machine\":\"a machine\"}");
  }

  @Test
  void pageHasTableBoundsAndChart(@TempDir Path folder) throws IOException {
    // When
    page(lines, figures, LIVES).writeTo(folder.resolve("performance.md"));

    // Then
    assertThat(Files.readString(folder.resolve("performance.md")))
        .contains("| same work ÷ limit | 0.50 | 0.50 |  |  | ≥ 0.35 | 0.70 | kept |")
        .contains(
            "| same work ÷ Flink, our code, heap state | 0.80 | 0.80 |  |  | ≥ 1 | 1.50 | **missed** |")
        .contains(
            "| state of a device in memory, bytes | 11,000 |  |  |  | ≤ 24,576 | 12,288 | goal reached |")
        .contains(
            "| FIELDWATCH | 2,000,000 (1,500,000 – 2,500,000) | 0.50 | 0.50 (0.40 – 0.67) | 20 | 2 % | 50 % | right |")
        .contains("| KAFKA-STREAMS-SHARED | void | | | | | | 2 of 9 windows are missing |")
        .contains("for 20 seconds", "not before 15 CPU seconds and anyway after 90 ")
        .contains("median 0.40 s", "after 12.5 s", "after 3.5 s", "up to 2.3 s behind its plan")
        .contains(
            "| recovery after kill -9 of a driver with a standby, s | 3.50 |  |  |  | ≤ 30 | 10 | goal reached |");
    assertThat(Files.readString(folder.resolve("images/stream-benchmark-1000.svg")))
        .contains("FLINK-SHARED", "2.00 M/s")
        .doesNotContain("KAFKA");
  }

  @Test
  void pageHasTheLargestFleetBesideTheSmallest(@TempDir Path folder) throws IOException {
    // Given
    List<Sut> both = List.of(sut("limit"), sut("fieldwatch"));
    List<Line> ofBoth =
        Line.of(
            both,
            List.of(1_000, 100_000),
            List.of(
                run("limit", 1_000, 4_000_000, Optional.empty()),
                run("fieldwatch", 1_000, 2_000_000, Optional.empty()),
                run("limit", 100_000, 4_000_000, Optional.empty()),
                run("fieldwatch", 100_000, 1_000_000, Optional.empty())));

    // When
    page(ofBoth, new Figures(ofBoth, List.of(), Optional.empty()), List.of())
        .writeTo(folder.resolve("performance.md"));

    // Then
    assertThat(Files.readString(folder.resolve("performance.md")))
        .contains("| measure | 1,000 devices | by CPU | 100,000 devices | by CPU |")
        .contains("| same work ÷ limit | 0.50 | 0.50 | 0.25 | 0.25 | ≥ 0.35 | 0.70 | kept |");
  }

  private static PerformancePage page(List<Line> lines, Figures figures, List<Live> lives) {
    return new PerformancePage(
        lines,
        figures,
        lives,
        new PerformancePage.Setting(
            "./fieldwatch bench stream",
            "2026-01-01",
            Duration.ofMinutes(40),
            "a machine",
            20_000_000,
            new Interval(15, Duration.ofSeconds(20)),
            3,
            List.of("-Xmx4g")));
  }

  private static Live live(boolean standby, double recoverySeconds) {
    return new Live(
        "fieldwatch",
        standby,
        1_000_000,
        0.4,
        0.7,
        0.9,
        recoverySeconds,
        5_000,
        2.25,
        Optional.empty());
  }

  private static Measured run(String system, double perSecond, Optional<String> fault) {
    return run(system, 1_000, perSecond, fault);
  }

  private static Measured run(
      String system, int devices, double perSecond, Optional<String> fault) {
    return new Measured(
        system, devices, 20, perSecond, 1e6 / perSecond, 0.02, 0.01, 0.5, 100, 0, fault);
  }

  private static Sut sut(String name) {
    return new Sut(
        name,
        name.toUpperCase(Locale.ROOT),
        Path.of("module"),
        "Main",
        List.of(),
        List.of(),
        Set.of(),
        ExpectedWindow.P95.EXACT_OF_FEW,
        Sut.Results.WINDOWS,
        Integer.MAX_VALUE,
        "");
  }
}
