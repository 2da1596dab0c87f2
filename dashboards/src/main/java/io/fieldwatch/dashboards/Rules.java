package io.fieldwatch.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The conventions of the dashboards. Each rule is there because its breach once cost somebody a
 * dashboard that was empty, wrong or not provisioned, mostly without an error.
 */
final class Rules {

  private Rules() {}

  static List<Finding> check(List<Dashboard> dashboards) {
    List<Finding> findings = new ArrayList<>();
    for (Dashboard dashboard : dashboards) {
      all(dashboards).forEach(rule -> rule.check(dashboard, findings));
    }
    return findings;
  }

  static Stream<Rule> all(List<Dashboard> dashboards) {
    return Stream.of(
            DashboardRules.all(), PanelRules.all(), QueryRules.all(), LinkRules.all(dashboards))
        .flatMap(List::stream);
  }

  /** Where a rule says what it found: the place in the dashboard, and the message. */
  interface Report extends BiConsumer<String, String> {}

  /** Looks at one dashboard and reports every breach. */
  interface Check {
    void check(Dashboard dashboard, Report report);
  }

  record Rule(String name, Check check) {

    void check(Dashboard dashboard, List<Finding> findings) {
      check.check(
          dashboard,
          (place, message) -> findings.add(new Finding(dashboard.file(), place, name, message)));
    }
  }
}
