package io.fieldwatch.local.oracle;

import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares every point of {@code window} and {@code score}, and the last {@code ledger} of each
 * device and epoch, with those that the log gives in a single pass by the job's own rules: all
 * tags, all fields, all values, to the last bit.
 *
 * <p>To be asked when nothing moves any more: no records come, and the job has no lag.
 */
public final class ExactOracle {
  private static final String PROGRAM = "io.fieldwatch.stream.Recompute";
  private static final int HEAP_MEGABYTES = 1_024;
  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final double ROUNDING = 1e-12;
  private static final double QUANTILE_ERROR = 0.05;

  /** Beyond its end a window stays open for the lateness, and for what the job is behind. */
  private static final Duration LONGEST_OPEN = Duration.ofMinutes(3);

  private static final String LEDGER = "ledger";
  private static final List<String> BY_TIME = List.of("window", "score");

  private final Stack stack;
  private final Predicate<String> windows;
  private final List<Instant> changes;

  private ExactOracle(Stack stack, Predicate<String> windows, List<Instant> changes) {
    this.stack = stack;
    this.windows = windows;
    this.changes = List.copyOf(changes);
  }

  public static ExactOracle of(Stack stack) {
    return new ExactOracle(stack, window -> true, List.of());
  }

  /** Leaves out the points of windows with other names. */
  public ExactOracle onlyWindows(Predicate<String> names) {
    return new ExactOracle(stack, names, changes);
  }

  /**
   * Says when the configured windows were changed. Of the windows that were open then, the longer
   * ones have been put together in another order than without a change, so their means and
   * deviations are compared to a billionth, and their quantiles, which are estimates, roughly.
   */
  public ExactOracle windowsChangedAt(List<Instant> moments) {
    return new ExactOracle(stack, windows, moments);
  }

  /** Computes and compares; takes some seconds per million readings. */
  public Differences compare() throws IOException, InterruptedException {
    Map<PointId, Map<String, Object>> expected = expected();
    StoredPoints stored = new StoredPoints(stack.endpoints().influxDb());
    Differences all = new Differences(0, 0, List.of());
    for (String measurement : BY_TIME) {
      all = all.plus(compare(only(measurement, expected), stored.read(measurement)));
    }
    return all.plus(compare(only(LEDGER, expected), last(stored.read(LEDGER))));
  }

  private Differences compare(
      Map<PointId, Map<String, Object>> expected, Map<PointId, Map<String, Object>> found) {
    expected.keySet().removeIf(id -> !isAsked(id));
    found.keySet().removeIf(id -> !isAsked(id));
    expected.forEach(
        (id, fields) -> {
          if (wasOpenAtChange(id)) {
            loosen(fields);
          }
        });
    return Differences.between(expected, found, Near::same);
  }

  private boolean wasOpenAtChange(PointId id) {
    String name = id.tags().get("window");
    if (name == null || !id.measurement().equals("window")) {
      return false;
    }
    long length = WindowShape.parse(name).lengthMillis();
    return changes.stream()
        .map(Instant::toEpochMilli)
        .anyMatch(
            change ->
                id.timeMillis() <= change
                    && change < id.timeMillis() + length + LONGEST_OPEN.toMillis());
  }

  private static void loosen(Map<String, Object> fields) {
    if (fields.get("min") instanceof Double min && fields.get("max") instanceof Double max) {
      double range = max - min;
      fields.replaceAll(
          (name, value) ->
              switch (name) {
                case "mean", "stddev" -> new Near((Double) value, ROUNDING * Math.abs(max));
                case "p50", "p95", "p99" -> new Near((Double) value, QUANTILE_ERROR * range);
                default -> value;
              });
    }
  }

  private boolean isAsked(PointId id) {
    return id.measurement().equals(LEDGER) || windows.test(id.tags().getOrDefault("window", ""));
  }

  private Map<PointId, Map<String, Object>> expected() throws IOException, InterruptedException {
    Path file = Files.createTempFile("fieldwatch-points", ".txt");
    try {
      stack.runBesideJob(PROGRAM, HEAP_MEGABYTES, BOUND, file.toString());
      Map<PointId, Map<String, Object>> points = new HashMap<>();
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .map(LineProtocol::parse)
            .forEach(
                point ->
                    // As InfluxDB does it: what comes later replaces field by field.
                    points
                        .computeIfAbsent(point.id(), id -> new HashMap<>())
                        .putAll(point.fields()));
      }
      return points;
    } finally {
      Files.delete(file);
    }
  }

  private static Map<PointId, Map<String, Object>> only(
      String measurement, Map<PointId, Map<String, Object>> points) {
    Map<PointId, Map<String, Object>> chosen = new HashMap<>();
    points.forEach(
        (id, fields) -> {
          if (id.measurement().equals(measurement)) {
            chosen.put(measurement.equals(LEDGER) ? withoutTime(id) : id, fields);
          }
        });
    return chosen;
  }

  /** The last point of each series, with no time: when it was written is no result. */
  private static Map<PointId, Map<String, Object>> last(Map<PointId, Map<String, Object>> points) {
    Map<PointId, Long> times = new HashMap<>();
    Map<PointId, Map<String, Object>> last = new HashMap<>();
    points.forEach(
        (id, fields) -> {
          PointId series = withoutTime(id);
          if (times.merge(series, id.timeMillis(), Math::max) == id.timeMillis()) {
            last.put(series, fields);
          }
        });
    return last;
  }

  private static PointId withoutTime(PointId id) {
    return new PointId(id.measurement(), id.tags(), 0);
  }
}
