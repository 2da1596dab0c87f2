package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.dashboards.Rules.Report;
import io.fieldwatch.dashboards.Rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules about names that must exist elsewhere: variables that are used, dashboards linked to. */
final class LinkRules {

  private static final Pattern USED = Pattern.compile("\\$\\{?([a-zA-Z]\\w*)");
  private static final Pattern MACRO = Pattern.compile("timeFilter|tag_\\w+|col|m");
  private static final Pattern URL = Pattern.compile("/d/([^?/\"]+)([^\"]*)");
  private static final Pattern URL_VARIABLE = Pattern.compile("[?&]var-(\\w+)=");

  private LinkRules() {}

  static List<Rule> all(List<Dashboard> dashboards) {
    return List.of(
        new Rule("variable-defined", LinkRules::variablesDefined),
        new Rule("variable-shared", (dashboard, report) -> shared(dashboards, dashboard, report)),
        new Rule("link-target", (dashboard, report) -> links(dashboards, dashboard, report)));
  }

  private static void variablesDefined(Dashboard dashboard, Report report) {
    for (JsonNode panel : dashboard.everyPanel().toList()) {
      used(dashboard, PanelRules.place(panel), panel.toString(), report);
      String repeat = panel.path("repeat").asText();
      if (!repeat.isEmpty() && dashboard.variable(repeat).isEmpty()) {
        report.accept(PanelRules.place(panel), "repeats by '" + repeat + "', which is no variable");
      }
    }
    dashboard
        .annotations()
        .forEach(a -> used(dashboard, QueryRules.annotationPlace(a), a.toString(), report));
    dashboard
        .variables()
        .forEach(
            v ->
                used(
                    dashboard,
                    DashboardRules.variablePlace(v),
                    v.path("query").asText() + v.path("datasource").path("uid").asText(),
                    report));
  }

  private static void used(Dashboard dashboard, String place, String text, Report report) {
    USED.matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .filter(name -> !MACRO.matcher(name).matches() && dashboard.variable(name).isEmpty())
        .forEach(name -> report.accept(place, "uses the variable '" + name + "', there is none"));
  }

  /**
   * The menu carries variables along by name: "All" on one dashboard would become the value of a
   * variable that cannot have it on another, and that dashboard would be empty.
   */
  private static void shared(List<Dashboard> dashboards, Dashboard dashboard, Report report) {
    for (JsonNode variable : dashboard.variables()) {
      for (Dashboard other : dashboards) {
        other
            .variable(variable.path("name").asText())
            .filter(twin -> twin.path("multi").asBoolean() != variable.path("multi").asBoolean())
            .ifPresent(
                twin ->
                    report.accept(
                        DashboardRules.variablePlace(variable),
                        "has not the kind of the variable of this name in " + other.file()));
      }
    }
  }

  private static void links(List<Dashboard> dashboards, Dashboard dashboard, Report report) {
    for (JsonNode panel : dashboard.panels()) {
      URL.matcher(panel.toString())
          .results()
          .forEach(
              link ->
                  link(dashboards, link.group(1), link.group(2))
                      .ifPresent(wrong -> report.accept(PanelRules.place(panel), wrong)));
    }
  }

  private static Optional<String> link(List<Dashboard> dashboards, String uid, String query) {
    Optional<Dashboard> target = dashboards.stream().filter(d -> d.uid().equals(uid)).findFirst();
    if (target.isEmpty()) {
      return Optional.of("links to '" + uid + "', which is no dashboard");
    }
    if (!query.contains("${__url_time_range}")) {
      return Optional.of("links to '" + uid + "' without the time range");
    }
    return URL_VARIABLE
        .matcher(query)
        .results()
        .map(match -> match.group(1))
        .filter(name -> target.get().variable(name).isEmpty())
        .findFirst()
        .map(name -> "links to '" + uid + "' with the variable '" + name + "', which it lacks");
  }
}
