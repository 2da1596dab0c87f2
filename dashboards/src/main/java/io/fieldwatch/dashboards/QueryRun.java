package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the queries of one dashboard for every selection, range and dialect; a text that was run for
 * the same panel before is not run again.
 */
final class QueryRun {

  static final Duration SLOW = Duration.ofSeconds(2);

  /** What a person chooses for the variables that allow it. */
  private enum Selection {
    SINGLE,
    SEVERAL,
    ALL
  }

  private final Influx influx;
  private final Dashboard dashboard;
  private final TimeRange given;
  private final List<QueryResult> results = new ArrayList<>();
  private final Set<Asked> asked = new HashSet<>();

  QueryRun(Influx influx, Dashboard dashboard, TimeRange given) {
    this.influx = influx;
    this.dashboard = dashboard;
    this.given = given;
  }

  List<QueryResult> run() {
    for (Selection selection : Selection.values()) {
      Choices choices = choose(selection);
      for (TimeRange range : ranges()) {
        for (Dialect dialect : Dialect.values()) {
          dashboard.queries().stream()
              .filter(query -> query.kind() != Query.Kind.VARIABLE)
              .forEach(query -> ask(query, selection, range, dialect, choices.seenBy(query)));
        }
      }
    }
    return results;
  }

  private List<TimeRange> ranges() {
    return List.of(
        given,
        TimeRange.lastOf("15m", Duration.ofMinutes(15), given.to()),
        TimeRange.lastOf("6h", Duration.ofHours(6), given.to()),
        TimeRange.lastOf("30d", Duration.ofDays(30), given.to()));
  }

  /** Variables in their order, because a later one may ask with an earlier one's value. */
  private Choices choose(Selection selection) {
    Choices choices = new Choices(new HashMap<>(), new HashMap<>());
    for (Query query : dashboard.queries()) {
      if (query.kind() == Query.Kind.VARIABLE) {
        JsonNode variable = dashboard.variable(query.title()).orElseThrow();
        List<String> values = valuesOf(query, selection, choices);
        if (!values.isEmpty()) {
          choices.put(query.title(), variable, values, selection);
        }
      }
    }
    return choices;
  }

  private List<String> valuesOf(Query query, Selection selection, Choices choices) {
    Set<String> values = new TreeSet<>();
    for (Dialect dialect : Dialect.values()) {
      var interpolation = new Interpolation(dialect, choices.values(), given, query.interval());
      String text = interpolation.apply(query.text());
      Influx.Answer answer = influx.ask(text);
      answer.series().stream()
          .flatMap(series -> series.values("value").stream())
          .forEach(value -> values.add(value.asText()));
      if (asked.add(new Asked(query, text))) {
        results.add(result(query, selection, given, text, answer));
      }
    }
    return List.copyOf(values);
  }

  private void ask(
      Query query,
      Selection selection,
      TimeRange shown,
      Dialect dialect,
      Map<String, VariableValue> variables) {
    TimeRange range = query.seen(shown);
    Duration interval = Interval.of(range, query.maxDataPoints(), query.interval());
    String text = new Interpolation(dialect, variables, range, interval).apply(query.text());
    if (asked.add(new Asked(query, text))) {
      results.add(result(query, selection, range, text, quickest(text)));
    }
  }

  /** A busy machine can make any query slow once. */
  private Influx.Answer quickest(String text) {
    Influx.Answer first = influx.ask(text);
    if (first.elapsed().compareTo(SLOW) < 0) {
      return first;
    }
    Influx.Answer second = influx.ask(text);
    return second.elapsed().compareTo(first.elapsed()) < 0 ? second : first;
  }

  private QueryResult result(
      Query query, Selection selection, TimeRange range, String text, Influx.Answer answer) {
    return new QueryResult(
        query.dashboard(),
        query.kind().name(),
        query.title(),
        selection.name(),
        range.name(),
        text,
        answer.status(),
        answer.error(),
        answer.series(),
        answer.elapsed(),
        problems(query, range, answer));
  }

  private List<String> problems(Query query, TimeRange range, Influx.Answer answer) {
    if (answer.status() != 200 || !answer.error().isEmpty()) {
      return List.of("InfluxDB answered " + answer.status() + " " + answer.error());
    }
    List<String> problems = new ArrayList<>();
    boolean isEmpty = answer.series().stream().allMatch(series -> series.rows().isEmpty());
    // The other ranges may lie beside the data.
    boolean isGiven = range.name().equals(given.name());
    if (isEmpty && isGiven && !query.emptyIsAnAnswer()) {
      problems.add("the answer is empty: a name is misspelt or nothing was written");
    }
    if (isGiven) {
      problems.addAll(columnsWithoutValue(answer.series()));
    }
    if (!isEmpty) {
      problems.addAll(query.answer().missingIn(answer.series()));
    }
    answer.series().stream()
        .mapToInt(series -> series.rows().size())
        .boxed()
        .max(Comparator.naturalOrder())
        .filter(points -> points > mostPoints(query, range))
        .ifPresent(
            points -> problems.add(points + " points: more than " + mostPoints(query, range)));
    if (answer.elapsed().compareTo(SLOW) > 0) {
      problems.add("slow: " + answer.elapsed().toMillis() + " ms");
    }
    return problems;
  }

  /** Grafana rounds the interval down as well as up, which can give more points than asked for. */
  private static long mostPoints(Query query, TimeRange range) {
    Duration interval = Interval.of(range, query.maxDataPoints(), query.interval());
    long buckets = range.length().dividedBy(interval) + 2;
    return Math.max(query.maxDataPoints(), buckets);
  }

  private static List<String> columnsWithoutValue(List<Series> answer) {
    Set<String> columns = new TreeSet<>();
    answer.forEach(series -> columns.addAll(series.fields()));
    return columns.stream()
        .filter(column -> answer.stream().allMatch(series -> series.values(column).isEmpty()))
        .map(column -> "the column '" + column + "' has no value: its name may be misspelt")
        .toList();
  }

  /**
   * What was chosen, and what repeated panels see instead.
   *
   * @param repeated for each variable the one value that a panel repeated by it sees
   */
  private record Choices(Map<String, VariableValue> values, Map<String, VariableValue> repeated) {

    void put(String name, JsonNode variable, List<String> options, Selection selection) {
      // The first of them and the last, so that two devices are looked at where one can be chosen.
      String one = options.get(selection == Selection.SINGLE ? 0 : options.size() - 1);
      boolean isMulti = variable.path("multi").asBoolean();
      VariableValue single = new VariableValue(List.of(one), "", isMulti);
      repeated.put(name, single);
      values.put(name, isMulti ? several(variable, options, selection, single) : single);
    }

    private static VariableValue several(
        JsonNode variable, List<String> options, Selection selection, VariableValue single) {
      return switch (selection) {
        case SINGLE -> single;
        case SEVERAL -> VariableValue.several(options.subList(0, Math.min(2, options.size())));
        case ALL -> VariableValue.all(variable.path("allValue").asText());
      };
    }

    Map<String, VariableValue> seenBy(Query query) {
      Map<String, VariableValue> seen = new HashMap<>(values);
      VariableValue single = repeated.get(query.repeatedBy());
      if (single != null) {
        seen.put(query.repeatedBy(), single);
      }
      return seen;
    }
  }

  private record Asked(Query query, String text) {}
}
