package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.dashboards.Rules.Report;
import io.fieldwatch.dashboards.Rules.Rule;
import java.awt.Rectangle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Rules about panels. */
final class PanelRules {

  /** 750 lets the usual ranges, 15 minutes to 90 days, round to intervals that stay below it. */
  private static final int MAX_DATA_POINTS = 750;

  private static final int COLUMNS = 24;

  private static final Pattern WINDOW = Pattern.compile("\"window\" = '(\\w+)'");

  /** The shortest window and the pace of the other measurements. */
  private static final String PACE = "10s";

  private static final Set<String> TYPES = Set.of("stat", "timeseries", "table", "state-timeline");

  /** Those of Grafana's units that sensors and pipelines need; a misspelt one is shown as text. */
  private static final Set<String> UNITS =
      Set.of(
          "short",
          "none",
          "percent",
          "percentunit",
          "cps",
          "ms",
          "s",
          "dtdurationms",
          "dtdurations",
          "dateTimeAsIso",
          "dateTimeAsLocal",
          "dateTimeFromNow",
          "bytes",
          "decbytes",
          "celsius",
          "humidity",
          "pressurehpa",
          "lux",
          "volt",
          "amp",
          "watt",
          "string");

  private PanelRules() {}

  static List<Rule> all() {
    return List.of(
        rule("panel-type", PanelRules::type),
        rule("panel-title-description", PanelRules::titleAndDescription),
        rule("panel-unit", PanelRules::unit),
        rule("panel-no-value", PanelRules::noValue),
        rule("panel-thresholds", PanelRules::thresholds),
        rule("panel-min-interval", PanelRules::minInterval),
        rule("panel-max-data-points", PanelRules::maxDataPoints),
        rule("panel-targets", PanelRules::targets),
        rule("panel-gaps", PanelRules::gaps),
        new Rule("panel-id-unique", PanelRules::uniqueIds),
        new Rule("panel-title-unique", PanelRules::uniqueTitles),
        new Rule("panel-grid", PanelRules::grid));
  }

  private static Rule rule(String name, BiConsumer<JsonNode, Report> check) {
    return new Rule(
        name, (dashboard, report) -> dashboard.panels().forEach(p -> check.accept(p, report)));
  }

  static String place(JsonNode panel) {
    return "panel '" + panel.path("title").asText() + "'";
  }

  private static JsonNode defaults(JsonNode panel) {
    return panel.path("fieldConfig").path("defaults");
  }

  private static void type(JsonNode panel, Report report) {
    String type = panel.path("type").asText();
    if (!TYPES.contains(type)) {
      report.accept(place(panel), "type is '" + type + "', expected one of " + TYPES);
    }
  }

  private static void titleAndDescription(JsonNode panel, Report report) {
    for (String key : List.of("title", "description")) {
      if (panel.path(key).asText().isBlank()) {
        report.accept(place(panel), "has no " + key);
      }
    }
  }

  private static void unit(JsonNode panel, Report report) {
    unit(panel, defaults(panel).path("unit").asText(), report);
    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
      for (JsonNode property : override.path("properties")) {
        if (property.path("id").asText().equals("unit")) {
          unit(panel, property.path("value").asText(), report);
        }
      }
    }
  }

  private static void unit(JsonNode panel, String unit, Report report) {
    if (!UNITS.contains(unit)) {
      report.accept(place(panel), "unit is '" + unit + "', which is not one that is known here");
    }
  }

  private static void noValue(JsonNode panel, Report report) {
    if (defaults(panel).path("noValue").asText().isBlank()) {
      report.accept(place(panel), "has no noValue: say what it means that there are no rows");
    }
  }

  private static void thresholds(JsonNode panel, Report report) {
    JsonNode first = defaults(panel).path("thresholds").path("steps").path(0);
    if (!first.has("color") || !first.path("value").isNull()) {
      report.accept(place(panel), "its first threshold step has not the value null");
    }
  }

  /** A shorter interval than the samples' own makes gaps, and bursts of what is a steady rate. */
  private static void minInterval(JsonNode panel, Report report) {
    String expected =
        WINDOW
            .matcher(panel.path("targets").path(0).path("query").asText())
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElse(PACE);
    if (!panel.path("interval").asText().equals(expected)) {
      report.accept(place(panel), "interval is not its samples' own, " + expected);
    }
  }

  private static void maxDataPoints(JsonNode panel, Report report) {
    if (panel.path("maxDataPoints").asInt() != MAX_DATA_POINTS) {
      report.accept(place(panel), "maxDataPoints is not " + MAX_DATA_POINTS);
    }
  }

  private static void targets(JsonNode panel, Report report) {
    if (panel.path("targets").isEmpty()) {
      report.accept(place(panel), "asks nothing");
    }
    for (JsonNode target : panel.path("targets")) {
      String format = target.path("resultFormat").asText();
      boolean isTable = panel.path("type").asText().equals("table");
      if (!target.path("rawQuery").asBoolean() || target.path("query").asText().isBlank()) {
        report.accept(place(panel), "has a target without a raw query");
      }
      if (!format.equals(isTable ? "table" : "time_series")) {
        report.accept(place(panel), "resultFormat is '" + format + "'");
      }
      if (!isTable && target.path("alias").asText().isBlank()) {
        report.accept(place(panel), "has a target without an alias: its legend is unreadable");
      }
    }
  }

  /** A line or a state drawn over hours without data says that there was some. */
  private static void gaps(JsonNode panel, Report report) {
    JsonNode custom = defaults(panel).path("custom");
    if (!custom.path("drawStyle").asText().equals("line")
        && !panel.path("type").asText().equals("state-timeline")) {
      return;
    }
    if (!custom.path("spanNulls").isNumber()) {
      report.accept(place(panel), "spanNulls is not a number of milliseconds");
    }
    for (JsonNode target : panel.path("targets")) {
      if (!target.path("query").asText().endsWith("fill(null)")) {
        report.accept(place(panel), "its query does not end with fill(null), so gaps are hidden");
      }
    }
  }

  private static void uniqueIds(Dashboard dashboard, Report report) {
    Set<Integer> ids = new HashSet<>();
    dashboard
        .everyPanel()
        .filter(panel -> !panel.path("id").canConvertToInt() || !ids.add(panel.path("id").asInt()))
        .forEach(panel -> report.accept(place(panel), "id " + panel.path("id") + " is not unique"));
  }

  /** A finding or a result names a panel by its title. */
  private static void uniqueTitles(Dashboard dashboard, Report report) {
    Set<String> titles = new HashSet<>();
    dashboard.panels().stream()
        .filter(panel -> !titles.add(panel.path("title").asText()))
        .forEach(panel -> report.accept(place(panel), "its title is that of another panel"));
  }

  private static void grid(Dashboard dashboard, Report report) {
    List<JsonNode> panels = dashboard.everyPanel().toList();
    for (int i = 0; i < panels.size(); i++) {
      Rectangle one = area(panels.get(i));
      if (one.isEmpty() || one.x < 0 || one.x + one.width > COLUMNS) {
        report.accept(place(panels.get(i)), "is not within the grid of " + COLUMNS + " columns");
      }
      for (JsonNode other : panels.subList(i + 1, panels.size())) {
        if (one.intersects(area(other))) {
          report.accept(place(panels.get(i)), "lies over " + place(other));
        }
      }
    }
  }

  private static Rectangle area(JsonNode panel) {
    JsonNode grid = panel.path("gridPos");
    return new Rectangle(
        grid.path("x").asInt(-1),
        grid.path("y").asInt(),
        grid.path("w").asInt(),
        grid.path("h").asInt());
  }
}
