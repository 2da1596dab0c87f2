package io.fieldwatch.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InterpolationTest {

  private static final TimeRange RANGE =
      new TimeRange("6h", Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(21_601_000));
  private static final VariableValue SINGLE = VariableValue.single("pump.7");
  private static final VariableValue ONE_OF_MANY = VariableValue.several(List.of("pump.7"));
  private static final VariableValue TWO = VariableValue.several(List.of("pump.7", "pump.8"));
  private static final VariableValue ALL = VariableValue.all(".*");

  static Stream<Arguments> plainForms() {
    return Stream.of(
        arguments(Dialect.UNTIL_10_1, SINGLE, "/^pump\\.7$/"),
        arguments(Dialect.UNTIL_10_1, TWO, "/^(pump\\.7|pump\\.8)$/"),
        arguments(Dialect.UNTIL_10_1, ALL, "/^.*$/"),
        arguments(Dialect.IN_10_2, SINGLE, "/^pump\\\\\\.7$/"),
        arguments(Dialect.IN_10_2, TWO, "/^(pump\\\\\\.7|pump\\\\\\.8)$/"),
        arguments(Dialect.IN_10_2, ALL, "/^.*$/"),
        arguments(Dialect.SINCE_10_3, SINGLE, "/^pump.7$/"),
        arguments(Dialect.SINCE_10_3, ONE_OF_MANY, "/^pump\\.7$/"),
        arguments(Dialect.SINCE_10_3, TWO, "/^pump\\.7|pump\\.8$/"),
        arguments(Dialect.SINCE_10_3, ALL, "/^.*$/"));
  }

  @ParameterizedTest
  @MethodSource("plainForms")
  void aVariableWithoutAFormatMeansSomethingElseInEveryDialect(
      Dialect dialect, VariableValue value, String expected) {
    assertThat(apply(dialect, value, "/^$device$/")).isEqualTo(expected);
    assertThat(apply(dialect, value, "/^${device}$/")).isEqualTo(expected);
    assertThat(apply(dialect, value, "/^[[device]]$/")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void aVariableWithTheRegexFormatMeansTheSameInAllDialects(Dialect dialect) {
    String query = "/^(${device:regex})$/";
    assertThat(apply(dialect, SINGLE, query)).isEqualTo("/^(pump\\.7)$/");
    assertThat(apply(dialect, ONE_OF_MANY, query)).isEqualTo("/^(pump\\.7)$/");
    assertThat(apply(dialect, TWO, query)).isEqualTo("/^((pump\\.7|pump\\.8))$/");
    assertThat(apply(dialect, ALL, query)).isEqualTo("/^(.*)$/");
  }

  @Test
  void theMacrosBecomeTimesAndIntervals() {
    // Given
    String query =
        "$timeFilter, $__interval, $interval, $__interval_ms, ${__from}, ${__to}, $other";

    // When
    String text = apply(Dialect.SINCE_10_3, SINGLE, query);

    // Then
    assertThat(text)
        .isEqualTo(
            "time >= 1000ms and time <= 21601000ms, 30s, 30s, 30000, 1000, 21601000, $other");
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThatThrownBy(() -> apply(Dialect.SINCE_10_3, SINGLE, "${device:csv}"))
        .hasMessage("Cannot interpolate a variable with the format 'csv': expected 'regex'");
  }

  @ParameterizedTest
  @CsvSource({
    "PT2M,   750,  10s",
    "PT15M,  750,  10s",
    "PT6H,   750,  30s",
    "PT24H,  750,  2m",
    "P7D,    750,  15m",
    "P30D,   750,  1h",
    "P90D,   750,  3h",
    "PT6H,   1000, 20s",
    "P3650D, 750,  1d",
  })
  void theIntervalIsRoundedAsGrafanaDoesIt(Duration range, int points, String expected) {
    // Given
    TimeRange shown = TimeRange.lastOf("shown", range, Instant.EPOCH);

    // When
    Duration interval = Interval.of(shown, points, Interval.parse("10s"));

    // Then
    assertThat(Interval.text(interval)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "10s, PT10S", "5m, PT5M", "1h, PT1H", "2d, PT48H"})
  void anIntervalIsReadAndWritten(String text, Duration expected) {
    assertThat(Interval.parse(text)).isEqualTo(expected);
    assertThat(Interval.text(expected)).isEqualTo(text);
  }

  @Test
  void anIntervalThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Interval.parse("soon"))
        .hasMessage("Cannot read the interval 'soon': expected a number and ms, s, m, h or d");
  }

  private static String apply(Dialect dialect, VariableValue device, String query) {
    return new Interpolation(dialect, Map.of("device", device), RANGE, Duration.ofSeconds(30))
        .apply(query);
  }
}
