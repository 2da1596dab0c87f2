package io.fieldwatch.dashboards;

import java.time.Duration;
import java.util.List;

/**
 * How one query of a dashboard went.
 *
 * @param dashboard the dashboard's file name
 * @param kind {@code PANEL}, {@code ANNOTATION} or {@code VARIABLE}
 * @param title the panel's or annotation's title, the variable's name
 * @param selection what was chosen for the variables: {@code SINGLE}, {@code SEVERAL} or {@code
 *     ALL}; a query that looks the same for several of them is run once, for the first
 * @param range {@code given}, or the length of a range that ends where the given one ends
 * @param query the text as it was sent
 * @param status the HTTP status
 * @param error InfluxDB's words when it refused, else empty
 * @param series the answer
 * @param elapsed from asking to the whole answer
 * @param problems what is wrong, one sentence each; none if all is well
 */
public record QueryResult(
    String dashboard,
    String kind,
    String title,
    String selection,
    String range,
    String query,
    int status,
    String error,
    List<Series> series,
    Duration elapsed,
    List<String> problems) {

  public QueryResult {
    series = List.copyOf(series);
    problems = List.copyOf(problems);
  }

  public boolean isOk() {
    return problems.isEmpty();
  }

  public boolean isEmpty() {
    return points() == 0;
  }

  /** Rows over all series. */
  public int points() {
    return series.stream().mapToInt(one -> one.rows().size()).sum();
  }

  /** The sum of a column's numbers over all rows of all series; 0 if there are none. */
  public double sum(String column) {
    return series.stream()
        .flatMap(one -> one.values(column).stream())
        .mapToDouble(value -> value.asDouble())
        .sum();
  }

  @Override
  public String toString() {
    return String.format(
        "%s, %s '%s', %s, %s: HTTP %d, %d series, %d points, %d ms%s",
        dashboard,
        kind,
        title,
        selection,
        range,
        status,
        series.size(),
        points(),
        elapsed.toMillis(),
        problems.isEmpty() ? "" : ": " + String.join("; ", problems) + "\n    " + query);
  }
}
