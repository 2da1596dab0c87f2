package io.fieldwatch.dashboards;

import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a dashboard's query into the text that Grafana sends: first the variables, as its pages do,
 * then the macros, as its server does.
 */
record Interpolation(
    Dialect dialect, Map<String, VariableValue> variables, TimeRange range, Duration interval) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?::(\\w+))?}|\\[\\[(\\w+)(?::(\\w+))?]]");

  Interpolation {
    variables = Map.copyOf(variables);
  }

  String apply(String query) {
    String withValues = VARIABLE.matcher(query).replaceAll(m -> quoted(variable(m)));
    return withValues
        .replace("$timeFilter", timeFilter())
        .replace("$interval", Interval.text(interval))
        .replace("$__interval_ms", Long.toString(interval.toMillis()))
        .replace("$__interval", Interval.text(interval));
  }

  private String timeFilter() {
    return "time >= "
        + range.from().toEpochMilli()
        + "ms and time <= "
        + range.to().toEpochMilli()
        + "ms";
  }

  /** A name that is no variable stays as it is: it may be a macro, and Grafana leaves it too. */
  private String variable(MatchResult match) {
    String name = firstOf(match, 1, 2, 4);
    String format = firstOf(match, 3, 5);
    if (name.equals("__from")) {
      return Long.toString(range.from().toEpochMilli());
    }
    if (name.equals("__to")) {
      return Long.toString(range.to().toEpochMilli());
    }
    VariableValue value = variables.get(name);
    if (value == null) {
      return match.group();
    }
    return format.isEmpty() ? dialect.plain(value) : Dialect.formatted(value, format);
  }

  private static String firstOf(MatchResult match, int... groups) {
    for (int group : groups) {
      String text = match.group(group);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
