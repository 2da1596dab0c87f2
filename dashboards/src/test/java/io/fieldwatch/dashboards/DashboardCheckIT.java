package io.fieldwatch.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardCheckIT {

  private static final List<Point> POINTS = Fleet.points();

  private static InfluxServer influx;

  @BeforeAll
  static void startInfluxAndWriteTheFleet(@TempDir Path directory) throws Exception {
    influx = InfluxServer.start(directory);
    influx.write(Fleet.lines(POINTS));
  }

  @AfterAll
  static void stopInflux() throws Exception {
    influx.stop();
  }

  @Test
  void everyQueryOfTheShippedDashboardsIsWell() {
    // When
    List<QueryResult> results = DashboardCheck.run(influx.uri(), Fleet.START, Fleet.END);

    // Then
    assertThat(results).filteredOn(result -> !result.isOk()).isEmpty();
    assertThat(results).extracting(QueryResult::status).containsOnly(200);
    assertThat(results)
        .extracting(QueryResult::elapsed)
        .allMatch(elapsed -> elapsed.compareTo(Duration.ofSeconds(2)) < 0);
    assertThat(results.stream().map(QueryResult::range).distinct())
        .containsExactlyInAnyOrder("given", "15m", "6h", "30d");
    assertThat(results.stream().map(QueryResult::selection).distinct())
        .containsExactlyInAnyOrder("SINGLE", "SEVERAL", "ALL");
    assertThat(results)
        .filteredOn(result -> result.range().equals("given") && result.isEmpty())
        .isEmpty();
  }

  @Test
  void everyPanelShowsWhatWasWritten() {
    // When
    List<QueryResult> results = DashboardCheck.run(influx.uri(), Fleet.START, Fleet.END);

    // Then
    assertSoftly(
        softly -> {
          for (QueryResult result : results) {
            softly
                .assertThat(shown(result))
                .as("%s: %s", result, result.query())
                .containsExactlyInAnyOrderElementsOf(expected(result));
          }
        });
  }

  @Test
  void theAnnotationSaysWhyAWindowWasFlagged() {
    // When
    List<QueryResult> annotations =
        DashboardCheck.run(influx.uri(), Fleet.START, Fleet.END).stream()
            .filter(result -> result.kind().equals("ANNOTATION"))
            .filter(result -> result.selection().equals("ALL"))
            .toList();

    // Then
    assertThat(annotations).isNotEmpty();
    assertThat(annotations.get(0).series().get(0).values("top"))
        .extracting(JsonNode::asText)
        .isNotEmpty()
        .allMatch(text -> text.startsWith("stddev +"));
  }

  @Test
  void aTypoInAFieldIsReported() {
    // Given
    List<Dashboard> broken =
        broken("pipeline.json", "last(\\\"lag_packs\\\")", "last(\\\"lag_pakcs\\\")");

    // When
    List<QueryResult> results = run(broken);

    // Then
    assertThat(wrong(results))
        .containsExactly("Lag now: the answer is empty: a name is misspelt or nothing was written");
    assertThat(results)
        .filteredOn(r -> !r.isOk())
        .extracting(QueryResult::status)
        .containsOnly(200);
  }

  @Test
  void aTypoInOneFieldOfSeveralIsReported() {
    // Given
    List<Dashboard> broken = broken("pipeline.json", "max(\\\"delay_ms\\\")", "max(\\\"delay\\\")");

    // When
    List<QueryResult> results = run(broken);

    // Then
    assertThat(wrong(results))
        .containsExactly(
            "Batch time and scheduling delay: the column 'delay' has no value:"
                + " its name may be misspelt");
  }

  @Test
  void aQueryThatInfluxRefusesIsReportedWithItsWords() {
    // Given
    List<Dashboard> broken =
        broken("pipeline.json", "SELECT last(\\\"lag_packs\\\")", "SELEKT last(\\\"lag_packs\\\")");

    // When
    List<QueryResult> results = run(broken);

    // Then
    assertThat(wrong(results))
        .singleElement()
        .asString()
        .startsWith("Lag now: InfluxDB answered 400 error parsing query: found SELEKT");
  }

  @Test
  void aMissingRetentionPolicyIsReportedThoughTheAnswerIs200() {
    // Given
    List<Dashboard> broken =
        broken(
            "pipeline.json",
            "AS \\\"lag\\\" FROM \\\"main\\\".\\\"pipeline\\\"",
            "AS \\\"lag\\\" FROM \\\"autogen\\\".\\\"pipeline\\\"");

    // When
    List<QueryResult> results = run(broken);

    // Then
    assertThat(wrong(results))
        .containsExactly("Lag now: InfluxDB answered 200 retention policy not found: autogen");
  }

  @Test
  void namesThatLegendsOverridesAndLinksUseMustBeInTheAnswer() {
    assertThat(wrong(run(broken("fleet.json", "\"$tag_site\"", "\"$tag_device\""))))
        .containsExactly("Readings per second by site: the answer has no tag 'device'");
    assertThat(wrong(run(broken("fleet.json", "fields.site}", "fields.place}"))))
        .containsExactly("Worst devices: the answer has no column 'place'");
    assertThat(wrong(run(broken("pipeline.json", "\"options\": \"p99\"", "\"options\": \"p98\""))))
        .containsExactly("Latency: nothing is shown as 'p98', only as [p50, p99]");
  }

  @Test
  void aQueryThatIgnoresTheIntervalReturnsTooManyPoints() {
    // Given
    List<Dashboard> broken =
        broken(
            "pipeline.json",
            "max(\\\"lag_packs\\\") AS \\\"lag\\\" FROM \\\"main\\\".\\\"pipeline\\\" WHERE"
                + " $timeFilter AND \\\"hop\\\" = 'stream' GROUP BY time($__interval) fill(null)",
            "max(\\\"lag_packs\\\") AS \\\"lag\\\" FROM \\\"main\\\".\\\"pipeline\\\" WHERE"
                + " $timeFilter AND \\\"hop\\\" = 'stream' GROUP BY time(1s) fill(none)");

    // When
    List<QueryResult> results = run(broken);

    // Then
    assertThat(wrong(results)).contains("Lag: 1800 points: more than 750");
  }

  @Test
  void theCommandLineSaysWithItsExitCodeHowItWent() {
    // Given
    var out = new ByteArrayOutputStream();
    String from = Fleet.START.minus(Duration.ofDays(9)).toString();
    String to = Fleet.START.minus(Duration.ofDays(8)).toString();

    // When
    int good = main(out, influx.uri().toString(), Fleet.START.toString(), Fleet.END.toString());
    int empty = main(out, influx.uri().toString(), from, to);
    int usage = main(out, influx.uri().toString(), from);
    int noInstant = main(out, influx.uri().toString(), "yesterday", "today");
    int away = main(out, "http://127.0.0.1:1");

    // Then
    assertThat(List.of(good, empty, usage, noInstant, away)).containsExactly(0, 1, 2, 2, 1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("0 findings; ")
        .contains("fleet.json, PANEL 'Devices online', SINGLE, given: HTTP 200, 0 series")
        .contains("usage: DashboardCheck [INFLUXDB-URL [FROM TO]]")
        .contains("Cannot read the instant 'today': expected ISO 8601, UTC")
        .contains("Cannot ask InfluxDB at http://127.0.0.1:1/query");
  }

  @Test
  void aServerThatIsAwayIsSaidToBeAway() {
    assertThatThrownBy(
            () -> DashboardCheck.run(URI.create("http://127.0.0.1:1"), Fleet.START, Fleet.END))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot ask InfluxDB at http://127.0.0.1:1/query");
  }

  private static int main(ByteArrayOutputStream out, String... args) {
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return DashboardCheck.run(args, print, print);
  }

  private static List<QueryResult> run(List<Dashboard> dashboards) {
    return DashboardCheck.run(dashboards, influx.uri(), Fleet.START, Fleet.END);
  }

  private static List<Dashboard> broken(String file, String right, String wrong) {
    return Dashboard.shipped().stream()
        .filter(dashboard -> dashboard.file().equals(file))
        .map(
            dashboard -> {
              assertThat(dashboard.text()).contains(right);
              int at = dashboard.text().indexOf(right);
              String before = dashboard.text().substring(0, at);
              String after = dashboard.text().substring(at + right.length());
              return Dashboard.parse(file, before + wrong + after);
            })
        .toList();
  }

  private static Set<String> wrong(List<QueryResult> results) {
    return results.stream()
        .flatMap(r -> r.problems().stream().map(problem -> r.title() + ": " + problem))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // ---- what was answered, and what the oracle says, in the same form

  private static List<Oracle.Row> shown(QueryResult result) {
    boolean isPerTime =
        result.query().contains("GROUP BY time(") || result.query().contains("ORDER BY time");
    List<Oracle.Row> rows = new ArrayList<>();
    for (Series series : result.series()) {
      for (List<JsonNode> values : series.rows()) {
        Oracle.Row row = new Oracle.Row();
        row.putAll(series.tags());
        boolean hasValue = false;
        for (int i = 0; i < values.size(); i++) {
          String column = series.columns().get(i);
          JsonNode value = values.get(i);
          if (column.equals("time")) {
            if (isPerTime) {
              row.set("time", value.asText());
            }
          } else if (!value.isNull()) {
            row.set(column, value.isNumber() ? value.numberValue() : value.asText());
            hasValue = true;
          }
        }
        if (hasValue) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<Oracle.Row> expected(QueryResult result) {
    String page = result.dashboard().replace(".json", "");
    String title = result.kind().equals("ANNOTATION") ? "ANNOTATION" : result.title();
    Function<Oracle, List<Oracle.Row>> answer =
        Optional.ofNullable(Oracle.answers().get(page + "/" + title))
            .orElseThrow(() -> new AssertionError("There is no oracle for " + result));
    return answer.apply(oracle(result, page));
  }

  /** What the selection means for the fleet of this test. */
  private static Oracle oracle(QueryResult result, String page) {
    boolean isFirst = result.selection().equals("SINGLE");
    boolean isDevicePage = page.equals("device");
    Set<String> all = Set.of("north", "south");
    Set<String> one = Set.of(isFirst ? "north" : "south");
    Set<String> sites = isDevicePage || isFirst ? one : all;
    boolean isRepeated = result.title().startsWith("$sensor");
    Set<String> sensors =
        isDevicePage && (isFirst || isRepeated)
            ? Set.of(isFirst ? "humidity" : "temperature")
            : sensorsOf(result);
    Set<String> devices = isDevicePage ? Set.of("d-1") : Set.of("d-1", "d-2");
    TimeRange range = range(result);
    boolean isPerMinute = page.equals("fleet") && result.title().startsWith("Readings per second");
    Duration pace = Duration.ofSeconds(isPerMinute ? 60 : 10);
    long interval = Interval.of(range, 750, pace).toMillis();
    return new Oracle(POINTS, sites, devices, sensors, isFirst ? "10s" : "1m", range, interval);
  }

  /** Whoever chooses all sensors sees what is said of them together, too. */
  private static Set<String> sensorsOf(QueryResult result) {
    boolean isAll = result.selection().equals("ALL") || result.dashboard().startsWith("fleet");
    return isAll ? Set.of("humidity", "temperature", "_all") : Set.of("humidity", "temperature");
  }

  private static TimeRange range(QueryResult result) {
    if (result.title().equals("Anomalies flagged")) {
      return TimeRange.lastOf("1h", Duration.ofHours(1), Fleet.END);
    }
    return switch (result.range()) {
      case "given" -> new TimeRange("given", Fleet.START, Fleet.END);
      case "15m" -> TimeRange.lastOf("15m", Duration.ofMinutes(15), Fleet.END);
      case "6h" -> TimeRange.lastOf("6h", Duration.ofHours(6), Fleet.END);
      default -> TimeRange.lastOf("30d", Duration.ofDays(30), Fleet.END);
    };
  }
}
