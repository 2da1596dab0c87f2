package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * One query of a dashboard as it stands in the file, and what its answer is used for.
 *
 * @param repeatedBy the variable that the panel is repeated by and of which it therefore sees one
 *     value, or nothing
 * @param emptyIsAnAnswer whether no rows can be right: an annotation, or a panel that says
 *     something else than "no data" when there are none
 * @param answer names that the answer must have
 */
record Query(
    String dashboard,
    Kind kind,
    String title,
    String text,
    Duration interval,
    int maxDataPoints,
    Optional<Duration> timeFrom,
    String repeatedBy,
    boolean emptyIsAnAnswer,
    ExpectedAnswer answer) {

  static final String NO_DATA = "no data";
  private static final Duration NO_INTERVAL = Duration.ofMillis(1);
  private static final int DEFAULT_POINTS = 1_000;

  /** What on a dashboard asks. */
  enum Kind {
    VARIABLE,
    ANNOTATION,
    PANEL
  }

  static Query ofVariable(Dashboard dashboard, JsonNode variable) {
    return new Query(
        dashboard.file(),
        Kind.VARIABLE,
        variable.path("name").asText(),
        variable.path("query").asText(),
        NO_INTERVAL,
        Integer.MAX_VALUE,
        Optional.empty(),
        "",
        false,
        ExpectedAnswer.ofVariable());
  }

  static Query ofAnnotation(Dashboard dashboard, JsonNode annotation) {
    return new Query(
        dashboard.file(),
        Kind.ANNOTATION,
        annotation.path("name").asText(),
        annotation.path("target").path("query").asText(),
        NO_INTERVAL,
        DEFAULT_POINTS,
        Optional.empty(),
        "",
        true,
        ExpectedAnswer.ofAnnotation(annotation));
  }

  static Query ofPanel(Dashboard dashboard, JsonNode panel, JsonNode target, String repeatedBy) {
    String noValue = panel.path("fieldConfig").path("defaults").path("noValue").asText();
    return new Query(
        dashboard.file(),
        Kind.PANEL,
        panel.path("title").asText(),
        target.path("query").asText(),
        Interval.parse(panel.path("interval").asText()),
        panel.path("maxDataPoints").asInt(DEFAULT_POINTS),
        Optional.ofNullable(panel.get("timeFrom")).map(text -> Interval.parse(text.asText())),
        repeatedBy,
        !noValue.equals(NO_DATA),
        ExpectedAnswer.ofPanel(panel, target));
  }

  /** The range that this query sees when its dashboard shows {@code range}. */
  TimeRange seen(TimeRange range) {
    return timeFrom.map(length -> TimeRange.lastOf(range.name(), length, range.to())).orElse(range);
  }
}
