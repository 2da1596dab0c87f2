package io.fieldwatch.dashboards;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the shipped dashboards without a Grafana.
 *
 * <p>Every panel's, annotation's and variable's query is put together as Grafana does it, for one,
 * several and all values of its variables, for the given range and the last 15 minutes, 6 hours and
 * 30 days before its end, in the ways of three generations of Grafana; and each different text is
 * run. A query is well when InfluxDB accepts it, it has rows in the given range (unless the panel
 * has words of its own for none), no column without a value, the names that legends, overrides and
 * links use, no more points than the panel shows, and an answer within two seconds.
 *
 * <p>All methods block and may be called from any thread; they only read.
 */
public final class DashboardCheck {

  private static final String DATABASE = "fieldwatch";

  private DashboardCheck() {}

  /** What is wrong with the form of the shipped dashboards. */
  public static List<Finding> lint() {
    return Rules.check(Dashboard.shipped());
  }

  /**
   * Runs the shipped dashboards' queries.
   *
   * @param influx the server, such as {@code http://127.0.0.1:8086}
   * @param from start of a range in which every measurement has points
   * @param to its end, both inclusive
   * @throws UncheckedIOException if the server cannot be reached
   */
  public static List<QueryResult> run(URI influx, Instant from, Instant to) {
    return run(Dashboard.shipped(), influx, from, to);
  }

  static List<QueryResult> run(List<Dashboard> dashboards, URI influx, Instant from, Instant to) {
    Influx server = new Influx(influx, DATABASE);
    TimeRange given = new TimeRange("given", from, to);
    List<QueryResult> results = new ArrayList<>();
    dashboards.forEach(one -> results.addAll(new QueryRun(server, one, given).run()));
    return results;
  }

  /**
   * {@code DashboardCheck}: checks the form. {@code DashboardCheck URL [FROM TO]}: also runs the
   * queries, for the last hour or from and to instants in ISO 8601. Exits with 1 if something is
   * wrong, with 2 if it was called wrongly.
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length == 2 || args.length > 3) {
      err.println("usage: DashboardCheck [INFLUXDB-URL [FROM TO]]");
      return 2;
    }
    List<Finding> findings = lint();
    findings.forEach(out::println);
    List<QueryResult> results;
    try {
      results = args.length == 0 ? List.of() : run(args);
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return 1;
    } catch (DateTimeParseException e) {
      err.println("Cannot read the instant '" + e.getParsedString() + "': expected ISO 8601, UTC");
      return 2;
    }
    results.forEach(out::println);
    long wrong = results.stream().filter(result -> !result.isOk()).count();
    out.printf(
        "%d findings; %d queries run, %d of them wrong%n", findings.size(), results.size(), wrong);
    return findings.isEmpty() && wrong == 0 ? 0 : 1;
  }

  private static List<QueryResult> run(String[] args) {
    Instant to = args.length == 3 ? Instant.parse(args[2]) : Instant.now();
    Instant from = args.length == 3 ? Instant.parse(args[1]) : to.minus(Duration.ofHours(1));
    return run(URI.create(args[0]), from, to);
  }
}
