package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.dashboards.Rules.Report;
import io.fieldwatch.dashboards.Rules.Rule;
import java.util.List;
import java.util.regex.Pattern;

/** Rules about a dashboard as a whole and its variables. */
final class DashboardRules {

  private static final String PLACE = "dashboard";
  private static final int SCHEMA_VERSION = 39;
  private static final Pattern UID = Pattern.compile("fieldwatch-[a-zA-Z0-9_-]{1,29}");

  private DashboardRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule("formatted", DashboardRules::formatted),
        new Rule("dashboard-uid", DashboardRules::uid),
        new Rule("dashboard-title-description", DashboardRules::titleAndDescription),
        new Rule("no-server-state", DashboardRules::noServerState),
        new Rule("schema-version", DashboardRules::schemaVersion),
        new Rule("uneditable", DashboardRules::uneditable),
        new Rule("tagged", DashboardRules::tagged),
        new Rule("time-defaults", DashboardRules::timeDefaults),
        new Rule("datasource-variable", DashboardRules::datasourceVariable),
        new Rule("datasource-reference", DashboardRules::datasourceReference),
        new Rule("variable-refresh", DashboardRules::variableRefresh),
        new Rule("variable-all", DashboardRules::variableAll));
  }

  private static void formatted(Dashboard dashboard, Report report) {
    if (!dashboard.text().equals(JsonFormat.print(dashboard.root()))) {
      report.accept(PLACE, "is not in the form of the others: two spaces, one value a line");
    }
  }

  private static void uid(Dashboard dashboard, Report report) {
    String expected = "fieldwatch-" + dashboard.file().replace(".json", "");
    if (!dashboard.uid().equals(expected) || !UID.matcher(dashboard.uid()).matches()) {
      report.accept(PLACE, "uid is '" + dashboard.uid() + "', expected '" + expected + "'");
    }
  }

  private static void titleAndDescription(Dashboard dashboard, Report report) {
    for (String key : List.of("title", "description")) {
      if (dashboard.root().path(key).asText().isBlank()) {
        report.accept(PLACE, "has no " + key);
      }
    }
  }

  /** Inputs are asked for by the import page only; provisioning leaves them unresolved. */
  private static void noServerState(Dashboard dashboard, Report report) {
    for (String key : List.of("id", "version", "iteration", "__inputs", "__requires")) {
      if (dashboard.root().has(key)) {
        report.accept(PLACE, "has '" + key + "', which belongs to one server or to an import");
      }
    }
    if (dashboard.text().contains("${DS_")) {
      report.accept(PLACE, "refers to an input ${DS_…}, which provisioning does not resolve");
    }
  }

  /** An older Grafana does not migrate a newer version down. */
  private static void schemaVersion(Dashboard dashboard, Report report) {
    int version = dashboard.root().path("schemaVersion").asInt();
    if (version != SCHEMA_VERSION) {
      report.accept(PLACE, "schemaVersion is " + version + ", expected " + SCHEMA_VERSION);
    }
  }

  private static void uneditable(Dashboard dashboard, Report report) {
    if (dashboard.root().path("editable").asBoolean(true)) {
      report.accept(PLACE, "is editable, but changes in the page are lost at the next start");
    }
  }

  private static void tagged(Dashboard dashboard, Report report) {
    boolean isTagged =
        Dashboard.children(dashboard.root().path("tags"))
            .anyMatch(tag -> tag.asText().equals("fieldwatch"));
    if (!isTagged) {
      report.accept(PLACE, "has no tag 'fieldwatch', so the others' menu does not show it");
    }
    boolean hasMenu =
        Dashboard.children(dashboard.root().path("links")).anyMatch(DashboardRules::isMenu);
    if (!hasMenu) {
      report.accept(PLACE, "has no menu of the dashboards tagged 'fieldwatch' that keeps the time");
    }
  }

  private static boolean isMenu(JsonNode link) {
    return link.path("type").asText().equals("dashboards")
        && link.path("tags").path(0).asText().equals("fieldwatch")
        && link.path("includeVars").asBoolean()
        && link.path("keepTime").asBoolean();
  }

  private static void timeDefaults(Dashboard dashboard, Report report) {
    JsonNode root = dashboard.root();
    if (!root.path("time").path("from").asText().startsWith("now-")
        || !root.path("time").path("to").asText().equals("now")) {
      report.accept(PLACE, "does not open on a range that ends now");
    }
    if (root.path("refresh").asText().isEmpty()) {
      report.accept(PLACE, "does not refresh by itself");
    }
    if (root.path("graphTooltip").asInt() != 1) {
      report.accept(PLACE, "graphTooltip is not 1, so panels do not share the crosshair");
    }
  }

  private static void datasourceVariable(Dashboard dashboard, Report report) {
    JsonNode first = dashboard.root().path("templating").path("list").path(0);
    if (!first.path("type").asText().equals("datasource")
        || !first.path("name").asText().equals("datasource")
        || !first.path("query").asText().equals("influxdb")
        || first.path("regex").asText().isEmpty()) {
      report.accept(PLACE, "its first variable is not 'datasource', an influxdb with a regex");
    }
  }

  private static void datasourceReference(Dashboard dashboard, Report report) {
    for (JsonNode panel : dashboard.panels()) {
      String place = PanelRules.place(panel);
      reference(place, panel, report);
      panel.path("targets").forEach(target -> reference(place, target, report));
    }
    dashboard.annotations().forEach(a -> reference(QueryRules.annotationPlace(a), a, report));
    dashboard.variables().stream()
        .filter(variable -> variable.path("type").asText().equals("query"))
        .forEach(variable -> reference(variablePlace(variable), variable, report));
  }

  private static void reference(String place, JsonNode node, Report report) {
    JsonNode source = node.path("datasource");
    if (!source.path("type").asText().equals("influxdb")
        || !source.path("uid").asText().equals("${datasource}")) {
      report.accept(place, "datasource is " + source + ", expected influxdb ${datasource}");
    }
  }

  private static void variableRefresh(Dashboard dashboard, Report report) {
    for (JsonNode variable : dashboard.variables()) {
      if (variable.path("type").asText().equals("query") && variable.path("refresh").asInt() != 2) {
        report.accept(variablePlace(variable), "refresh is not 2, so new values stay unseen");
      }
    }
  }

  /** Without an own value, All becomes a list of every device in every query. */
  private static void variableAll(Dashboard dashboard, Report report) {
    for (JsonNode variable : dashboard.variables()) {
      if (variable.path("includeAll").asBoolean()
          && !variable.path("allValue").asText().equals(".*")) {
        report.accept(variablePlace(variable), "allValue is not '.*'");
      }
    }
  }

  static String variablePlace(JsonNode variable) {
    return "variable '" + variable.path("name").asText() + "'";
  }
}
