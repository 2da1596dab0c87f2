package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.dashboards.Rules.Report;
import io.fieldwatch.dashboards.Rules.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules about the queries of panels, annotations and variables. */
final class QueryRules {

  private static final Pattern PORTABLE = Pattern.compile("=~ /\\^\\(\\$\\{\\w+:regex}\\)\\$/");
  private static final Pattern MACRO =
      Pattern.compile("\\$timeFilter\\b|\\$__interval(_ms)?\\b|\\$\\{__(from|to)}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w+|\\[\\[");
  private static final Pattern FROM = Pattern.compile("\\bFROM (?!\\()(\\S+?)(?=[\\s)]|$)");
  private static final Pattern QUALIFIED =
      Pattern.compile("\"" + Schema.RETENTION_POLICY + "\"\\.\"(\\w+)\"");
  private static final Pattern ALIAS = Pattern.compile("\\bAS \"([^\"]+)\"");
  private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

  private QueryRules() {}

  static List<Rule> all() {
    return List.of(
        rule("query-known-name", QueryRules::knownNames),
        rule("query-retention-policy", QueryRules::retentionPolicy),
        rule("query-time", QueryRules::time),
        rule("query-interval", QueryRules::interval),
        rule("query-variable-portable", QueryRules::portable),
        new Rule("annotation-form", QueryRules::annotations));
  }

  private static Rule rule(String name, BiConsumer<Query, Report> check) {
    return new Rule(
        name, (dashboard, report) -> dashboard.queries().forEach(q -> check.accept(q, report)));
  }

  static String place(Query query) {
    return query.kind().name().toLowerCase(Locale.ROOT) + " '" + query.title() + "'";
  }

  static String annotationPlace(JsonNode annotation) {
    return "annotation '" + annotation.path("name").asText() + "'";
  }

  private static void knownNames(Query query, Report report) {
    Set<String> known = all(ALIAS, query.text());
    known.add(Schema.RETENTION_POLICY);
    for (String measurement : all(QUALIFIED, query.text())) {
      known.add(measurement);
      Schema.measurement(measurement)
          .ifPresentOrElse(
              m -> known.addAll(m.names()),
              () -> report.accept(place(query), "there is no measurement '" + measurement + "'"));
    }
    all(NAME, query.text()).stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> report.accept(place(query), "nothing writes '" + name + "'"));
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void retentionPolicy(Query query, Report report) {
    FROM.matcher(query.text())
        .results()
        .map(match -> match.group(1))
        .filter(from -> !QUALIFIED.matcher(from).matches())
        .forEach(from -> report.accept(place(query), "reads " + from + " without \"main\"."));
  }

  /** Without a bound, InfluxDB reads everything that was ever written. */
  private static void time(Query query, Report report) {
    if (query.kind() != Query.Kind.VARIABLE
        && !query.text().contains("$timeFilter")
        && !query.text().contains("time <= ${__to}ms")) {
      report.accept(place(query), "is bounded neither by $timeFilter nor by ${__to}");
    }
  }

  /** A subquery hands every bucket on, so the outer one must be bounded and grouped as well. */
  private static void interval(Query query, Report report) {
    String text = query.text();
    boolean isPerInterval = text.contains("$__interval");
    if (isPerInterval
        && !text.matches("(?s).*GROUP BY time\\(\\$__interval\\)[^()]* fill\\(\\w+\\)")) {
      report.accept(place(query), "uses the interval but does not end by grouping and filling");
    }
    if (isPerInterval && text.contains("FROM (") && !text.contains(") WHERE $timeFilter")) {
      report.accept(place(query), "its outer query has no $timeFilter, so it fills from 1970");
    }
  }

  /** The one form that means the same in all versions of Grafana; see {@link Dialect}. */
  private static void portable(Query query, Report report) {
    String rest = MACRO.matcher(PORTABLE.matcher(query.text()).replaceAll("")).replaceAll("");
    VARIABLE
        .matcher(rest)
        .results()
        .map(MatchResult::group)
        .distinct()
        .forEach(
            found ->
                report.accept(place(query), "has " + found + " outside of =~ /^(${name:regex})$/"));
  }

  /** Newer versions of Grafana read the target, older ones the keys beside it. */
  private static void annotations(Dashboard dashboard, Report report) {
    for (JsonNode annotation : dashboard.annotations()) {
      JsonNode target = annotation.path("target");
      if (!target.path("fromAnnotations").asBoolean()) {
        report.accept(annotationPlace(annotation), "target.fromAnnotations is not true");
      }
      for (String key : List.of("query", "textColumn", "tagsColumn", "timeEndColumn")) {
        if (!target.has(key) || !target.path(key).equals(annotation.path(key))) {
          report.accept(annotationPlace(annotation), key + " differs from target." + key);
        }
      }
    }
  }
}
