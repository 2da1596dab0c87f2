package io.fieldwatch.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

  @Test
  void theShippedDashboardsBreakNoRule() {
    // Given
    List<Dashboard> shipped = Dashboard.shipped();

    // When
    List<Finding> findings = Rules.check(shipped);

    // Then
    assertThat(findings).isEmpty();
    assertThat(shipped).hasSize(3).allSatisfy(d -> assertThat(d.queries()).isNotEmpty());
  }

  /** Rule, place, and the fault: in this file, this text is replaced by that one. */
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("formatted", "dashboard", "fleet", "\"editable\": false", "\"editable\":false"),
        fault(
            "dashboard-uid",
            "dashboard",
            "fleet",
            "\"uid\": \"fieldwatch-fleet\"",
            "\"uid\": \"x\""),
        fault("dashboard-title-description", "dashboard", "fleet", "Fieldwatch fleet", " "),
        fault("no-server-state", "dashboard", "fleet", "\"tags\": [", "\"id\": 7, \"tags\": ["),
        fault(
            "no-server-state",
            "dashboard",
            "fleet",
            "\"tags\": [",
            "\"__inputs\": [], \"tags\": ["),
        fault(
            "schema-version",
            "dashboard",
            "fleet",
            "\"schemaVersion\": 39",
            "\"schemaVersion\": 42"),
        fault("uneditable", "dashboard", "fleet", "\"editable\": false", "\"editable\": true"),
        fault(
            "tagged",
            "dashboard",
            "fleet",
            "\"tags\": [\n    \"fieldwatch\"",
            "\"tags\": [\n    \"x\""),
        fault("tagged", "dashboard", "fleet", "\"keepTime\": true", "\"keepTime\": false"),
        fault("time-defaults", "dashboard", "fleet", "\"refresh\": \"30s\"", "\"refresh\": \"\""),
        fault("time-defaults", "dashboard", "fleet", "\"graphTooltip\": 1", "\"graphTooltip\": 0"),
        fault("datasource-variable", "dashboard", "fleet", "\"/^Fieldwatch/\"", "\"\""),
        fault(
            "datasource-reference",
            "panel 'Readings per second'",
            "pipeline",
            firstPanel("\"uid\": \"${datasource}\""),
            firstPanel("\"uid\": \"abc\"")),
        fault("variable-refresh", "variable 'sites'", "fleet", "\"refresh\": 2", "\"refresh\": 1"),
        fault(
            "variable-all",
            "variable 'sites'",
            "fleet",
            "\"allValue\": \".*\"",
            "\"allValue\": \"\""),
        fault(
            "panel-type",
            "panel 'Worst devices'",
            "fleet",
            "\"type\": \"table\"",
            "\"type\": \"tabel\""),
        fault(
            "panel-title-description",
            "panel 'Devices online'",
            "fleet",
            "Devices whose last report in the range shown says online.",
            ""),
        fault(
            "panel-unit",
            "panel 'Devices online'",
            "fleet",
            "\"unit\": \"short\"",
            "\"unit\": \"shorts\""),
        fault(
            "panel-no-value",
            "panel 'Devices online'",
            "fleet",
            "\"noValue\": \"no data\"",
            "\"noValue\": \"\""),
        fault(
            "panel-thresholds",
            "panel 'Devices online'",
            "fleet",
            "\"value\": null",
            "\"value\": 0"),
        fault(
            "panel-min-interval",
            "panel 'Devices online'",
            "fleet",
            "\"interval\": \"10s\"",
            "\"interval\": \"1s\""),
        fault(
            "panel-min-interval",
            "panel \'Readings per second\'",
            "fleet",
            "\"interval\": \"1m\"",
            "\"interval\": \"10s\""),
        fault(
            "panel-max-data-points",
            "panel 'Devices online'",
            "fleet",
            "\"maxDataPoints\": 750,",
            ""),
        fault(
            "panel-targets",
            "panel 'Devices online'",
            "fleet",
            "\"alias\": \"$col\"",
            "\"alias\": \"\""),
        fault(
            "panel-targets",
            "panel 'Devices online'",
            "fleet",
            "\"resultFormat\": \"time_series\"",
            "\"resultFormat\": \"logs\""),
        fault(
            "panel-gaps",
            "panel 'Readings per second by site'",
            "fleet",
            "\"spanNulls\": 180000",
            "\"spanNulls\": true"),
        fault("panel-id-unique", "panel 'Devices silent'", "fleet", "\"id\": 2,", "\"id\": 1,"),
        fault(
            "panel-title-unique",
            "panel \'Devices online\'",
            "fleet",
            "\"Devices silent\"",
            "\"Devices online\""),
        fault("panel-grid", "panel 'Devices online'", "fleet", "\"w\": 4,", "\"w\": 5,"),
        fault(
            "query-known-name",
            "panel 'Devices online'",
            "fleet",
            "last(\\\"online\\\")",
            "last(\\\"onlin\\\")"),
        fault(
            "query-known-name",
            "variable 'sites'",
            "fleet",
            "\"query\": \"SHOW TAG VALUES FROM \\\"main\\\".\\\"device_state\\\"",
            "\"query\": \"SHOW TAG VALUES FROM \\\"main\\\".\\\"device\\\""),
        fault(
            "query-retention-policy",
            "panel 'Devices online'",
            "fleet",
            "FROM \\\"main\\\".\\\"device_state\\\" WHERE $timeFilter AND",
            "FROM \\\"device_state\\\" WHERE $timeFilter AND"),
        fault(
            "query-time",
            "panel 'Devices online'",
            "fleet",
            "WHERE $timeFilter AND \\\"site\\\"",
            "WHERE \\\"site\\\""),
        fault(
            "query-interval",
            "panel 'Devices online and silent'",
            "fleet",
            ") WHERE $timeFilter GROUP BY time(",
            ") GROUP BY time("),
        fault(
            "query-variable-portable",
            "panel 'Devices online'",
            "fleet",
            "=~ /^(${sites:regex})$/",
            "=~ /^$sites$/"),
        fault(
            "annotation-form",
            "annotation 'Flagged windows'",
            "device",
            "\"textColumn\": \"top\"",
            "\"textColumn\": \"model\""),
        fault(
            "variable-defined",
            "panel '$sensr: values'",
            "device",
            "$sensor: values",
            "$sensr: values"),
        fault(
            "variable-defined",
            "panel '$sensor'",
            "device",
            "\"repeat\": \"sensor\"",
            "\"repeat\": \"sensors\""),
        fault(
            "variable-shared",
            "variable \'site\'",
            "fleet",
            "\"name\": \"sites\"",
            "\"name\": \"site\""),
        fault(
            "link-target",
            "panel 'Worst devices'",
            "fleet",
            "/d/fieldwatch-device?",
            "/d/fieldwatch-devices?"),
        fault("link-target", "panel 'Worst devices'", "fleet", "var-device=", "var-devcie="));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void aPlantedFaultIsFoundByItsRule(
      String rule, String place, String name, String right, String wrong) {
    // Given
    List<Dashboard> dashboards =
        Dashboard.shipped().stream()
            .map(d -> d.file().equals(name + ".json") ? planted(d, rule, right, wrong) : d)
            .toList();

    // When
    List<Finding> findings = Rules.check(dashboards);

    // Then
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.file()).isEqualTo(name + ".json");
              assertThat(finding.place()).isEqualTo(place);
              assertThat(finding.rule()).isEqualTo(rule);
              assertThat(finding.message()).isNotBlank();
            });
  }

  @Test
  void everyRuleHasAPlantedFault() {
    // Given
    Set<Object> planted = faults().map(fault -> fault.get()[0]).collect(Collectors.toSet());

    // When
    List<String> rules = Rules.all(Dashboard.shipped()).map(Rules.Rule::name).toList();

    // Then
    assertThat(rules).doesNotHaveDuplicates().allSatisfy(r -> assertThat(planted).contains(r));
  }

  private static Dashboard planted(Dashboard dashboard, String rule, String right, String wrong) {
    assertThat(dashboard.text()).contains(right);
    int at = dashboard.text().indexOf(right);
    String text =
        dashboard.text().substring(0, at) + wrong + dashboard.text().substring(at + right.length());
    Dashboard broken = Dashboard.parse(dashboard.file(), text);
    return rule.equals("formatted")
        ? broken
        : new Dashboard(broken.file(), JsonFormat.print(broken.root()), broken.root());
  }

  private static Arguments fault(String... parts) {
    return arguments((Object[]) parts);
  }

  /** The data source of the first panel, found by the text before it. */
  private static String firstPanel(String uid) {
    return "\"h\": 4\n      },\n      \"datasource\": {\n        \"type\": \"influxdb\",\n        "
        + uid;
  }
}
