package io.fieldwatch.dashboards;

import static java.util.Map.entry;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What each panel must show, computed in plain Java from the points that were written.
 *
 * @param window the window length chosen on the page
 */
record Oracle(
    List<Point> points,
    Set<String> sites,
    Set<String> devices,
    Set<String> sensors,
    String window,
    TimeRange range,
    long intervalMillis) {

  /** One row as text, so that rows compare: tags and columns; without those that are null. */
  static final class Row extends TreeMap<String, String> {

    void set(String name, Object value) {
      put(name, text(value));
    }

    static String text(Object value) {
      return value instanceof Number number
          ? String.format(Locale.ROOT, "%.6f", number.doubleValue())
          : value.toString();
    }
  }

  /** A column computed from the points of a group. */
  interface Column extends Function<List<Point>, Object> {}

  /** By dashboard and title. */
  static Map<String, Function<Oracle, List<Row>>> answers() {
    return Map.ofEntries(
        entry("fleet/sites", Oracle::siteNames),
        entry(
            "fleet/Devices online", o -> o.whole("device_state", Map.of("online", Oracle::online))),
        entry(
            "fleet/Devices silent", o -> o.whole("device_state", Map.of("silent", Oracle::silent))),
        entry("fleet/Readings per second", o -> o.readingRate("1m", List.of())),
        entry("fleet/Anomalies flagged", o -> o.whole("score", Map.of("flagged", sum("flagged")))),
        entry("fleet/Account of every reading", Oracle::account),
        entry("fleet/Readings per second by site", o -> o.readingRate("1m", List.of("site"))),
        entry("fleet/Devices online and silent", Oracle::onlineOverTime),
        entry("fleet/Flagged windows by site", Oracle::flaggedBySite),
        entry("fleet/Worst devices", Oracle::worst),
        entry("fleet/Devices", Oracle::deviceTable),
        entry("fleet/Account by device", Oracle::accountByDevice),
        entry("device/site", Oracle::siteNames),
        entry("device/device", o -> o.tagValues("device")),
        entry("device/sensor", Oracle::sensorNames),
        entry("device/window", o -> o.tagValues("window")),
        entry("device/State", o -> o.whole("device_state", Map.of("state", last("online")))),
        entry("device/Since last reading", o -> o.whole("device_state", o.sinceLastReading())),
        entry("device/Readings per second", o -> o.readingRate("10s", List.of())),
        entry("device/Windows flagged", o -> o.whole("score", Map.of("flagged", sum("flagged")))),
        entry("device/ANNOTATION", o -> o.flaggedRows("top", "sensor")),
        entry(
            "device/Flagged windows",
            o -> o.flaggedRows("sensor", "window", "probability", "threshold", "top", "model")),
        entry("device/Account of every reading", Oracle::account),
        entry(
            "device/Online", o -> o.perInterval("device_state", Map.of("online", last("online")))),
        entry("device/$sensor: values", Oracle::values),
        entry("device/$sensor: anomaly probability", Oracle::probability),
        entry("device/$sensor: readings per window", Oracle::readingsPerWindow),
        entry("device/Account by epoch", Oracle::accountByEpoch),
        entry("pipeline/Readings per second", o -> o.pipelineRate("readings")),
        entry("pipeline/Lag now", o -> o.whole("pipeline", Map.of("lag", last("lag_packs")))),
        entry("pipeline/Lag", o -> o.perInterval("pipeline", Map.of("lag", max("lag_packs")))),
        entry("pipeline/Points written per second", o -> o.pipelineRate("points")),
        entry("pipeline/Latency p99", o -> o.latency("p99")),
        entry(
            "pipeline/Scheduling delay",
            o -> o.whole("pipeline", Map.of("delay", last("delay_ms")))),
        entry("pipeline/Points per second", o -> o.pipelineRate("points")),
        entry(
            "pipeline/Quarantined",
            o -> o.whole("pipeline", Map.of("quarantined", sum("quarantined")))),
        entry("pipeline/Readings and packs per second", o -> o.pipelineRate("readings", "packs")),
        entry("pipeline/Batch time and scheduling delay", Oracle::batches),
        entry("pipeline/Latency", o -> o.latency("p50", "p99")),
        entry("pipeline/Late, quarantined, duplicates", Oracle::notStored),
        entry(
            "pipeline/Flagged windows",
            o -> o.perInterval("pipeline", Map.of("flagged", sum("flagged")))),
        entry("pipeline/State size", Oracle::stateSize),
        entry("pipeline/Time per hop", o -> o.pulse("pulse_hop", "hop", "mean", "mean_ms")),
        entry(
            "pipeline/Refused in the last minute, by reason",
            o -> o.pulse("pulse_refusal", "reason", "messages", "messages")),
        entry("pipeline/Most anomalies in the last minute", Oracle::leaders));
  }

  private static Object online(List<Point> group) {
    return latest(group, "site", "device").mapToDouble(p -> p.number("online")).sum();
  }

  private static Object silent(List<Point> group) {
    return latest(group, "site", "device").mapToDouble(p -> 1 - p.number("online")).sum();
  }

  // ---- fleet and device

  private List<Row> siteNames() {
    return tagRows(points.stream().filter(p -> p.measurement().equals("device_state")), "site");
  }

  private List<Row> tagValues(String tag) {
    Predicate<Point> isSeen =
        p ->
            tag.equals("window")
                || (sites.contains(p.tag("site"))
                    && (tag.equals("device") || devices.contains(p.tag("device"))));
    return tagRows(points.stream().filter(p -> p.tags().containsKey(tag)).filter(isSeen), tag);
  }

  /** Only what has windows can be chosen. */
  private List<Row> sensorNames() {
    return tagRows(upTo("window").filter(p -> devices.contains(p.tag("device"))), "sensor");
  }

  private static List<Row> tagRows(Stream<Point> from, String tag) {
    return from.map(p -> p.tag(tag))
        .distinct()
        .map(
            value -> {
              Row row = new Row();
              row.set("key", tag);
              row.set("value", value);
              return row;
            })
        .collect(toList());
  }

  private List<Row> readingRate(String of, List<String> tags) {
    Stream<Point> windows = seen("window").filter(p -> p.tag("window").equals(of));
    return rows(windows, true, tags, Map.of("readings/s", rate("count")));
  }

  private List<Row> onlineOverTime() {
    return perInterval("device_state", Map.of("online", Oracle::online, "silent", Oracle::silent));
  }

  private List<Row> flaggedBySite() {
    return rows(chosen("score"), true, List.of("site"), Map.of("flagged", sum("flagged")));
  }

  private List<Row> worst() {
    return rows(
            chosen("score"), false, List.of("site", "device"), Map.of("flagged", sum("flagged")))
        .stream()
        .filter(row -> !"0.000000".equals(row.get("flagged")))
        .toList();
  }

  private List<Row> deviceTable() {
    Map<String, Column> columns = new LinkedHashMap<>(sinceLastReading());
    columns.put("state", last("online"));
    columns.put("last reading", last("last_reading"));
    columns.put("sensors", last("sensors"));
    columns.put("open windows", last("open_windows"));
    return rows(seen("device_state"), false, List.of("site", "device"), columns);
  }

  private Map<String, Column> sinceLastReading() {
    return Map.of(
        "since last reading",
        group -> range.to().toEpochMilli() - newest(group).number("last_reading"));
  }

  private Map<String, Column> totals() {
    return Map.of(
        "stored", total("stored"),
        "late", total("late"),
        "quarantined", total("quarantined"),
        "missing packs", total("missing_packs"));
  }

  private List<Row> account() {
    return rows(untilEnd(), false, List.of(), totals());
  }

  private List<Row> accountByDevice() {
    Map<String, Column> columns = new LinkedHashMap<>(totals());
    columns.put("refused packs", total("refused_packs"));
    columns.put("duplicates", total("duplicate_readings"));
    return rows(untilEnd(), false, List.of("site", "device"), columns);
  }

  private List<Row> accountByEpoch() {
    Map<String, Column> columns = new LinkedHashMap<>(totals());
    columns.put("packs", total("packs"));
    columns.put("greatest seq", total("max_seq"));
    columns.put("refused packs", total("refused_packs"));
    columns.put("duplicate packs", total("duplicate_packs"));
    columns.put("duplicate readings", total("duplicate_readings"));
    columns.put("gaps", group -> newest(group).fields().get("gaps"));
    return rows(untilEnd(), false, List.of("epoch"), columns);
  }

  private List<Row> flaggedRows(String... columns) {
    return chosen("score")
        .filter(p -> p.number("flagged") == 1)
        .map(
            p -> {
              Row row = new Row();
              row.set("time", Long.toString(p.time()));
              for (String column : columns) {
                row.set(column, p.fields().getOrDefault(column, p.tag(column)));
              }
              return row;
            })
        .collect(toList());
  }

  private List<Row> values() {
    return rows(
        chosen("window"),
        true,
        List.of(),
        Map.of(
            "mean", weighted("mean", "count"),
            "min", min("min"),
            "max", max("max"),
            "p95", max("p95")));
  }

  private List<Row> probability() {
    return rows(
        chosen("score"),
        true,
        List.of(),
        Map.of("probability", max("probability"), "threshold", last("threshold")));
  }

  private List<Row> readingsPerWindow() {
    return rows(
        chosen("window"),
        true,
        List.of(),
        Map.of(
            "mean",
            group -> group.stream().mapToDouble(p -> p.number("count")).average().orElse(0),
            "fewest",
            min("count")));
  }

  // ---- pipeline

  private List<Row> pipelineRate(String... fields) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String field : fields) {
      columns.put(field + "/s", rate(field));
    }
    return perInterval("pipeline", columns);
  }

  private List<Row> batches() {
    return perInterval("pipeline", Map.of("batch", max("batch_ms"), "delay", max("delay_ms")));
  }

  private List<Row> latency(String... shown) {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("p50", weighted("latency_p50_ms", "latency_count"));
    columns.put("p99", max("latency_p99_ms"));
    columns.keySet().retainAll(Set.of(shown));
    Stream<Point> busy = seen("pipeline").filter(p -> p.number("latency_count") > 0);
    return rows(busy, true, List.of(), columns);
  }

  private List<Row> notStored() {
    return perInterval(
        "pipeline",
        Map.of(
            "late",
            sum("late"),
            "quarantined",
            sum("quarantined"),
            "duplicates",
            sum("duplicates"),
            "refused packs",
            sum("refused_packs")));
  }

  private List<Row> stateSize() {
    return perInterval(
        "pipeline",
        Map.of(
            "devices", max("devices"),
            "series", max("series"),
            "open windows", max("open_windows")));
  }

  private List<Row> pulse(String measurement, String tag, String column, String field) {
    return rows(seen(measurement), true, List.of(tag), Map.of(column, max(field)));
  }

  private List<Row> leaders() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("anomalies", last("anomalies"));
    columns.put("site", group -> newest(group).fields().get("site"));
    columns.put("device", group -> newest(group).fields().get("device"));
    Stream<Point> board = seen("leaderboard").filter(p -> p.tag("board").equals("1m"));
    return rows(board, false, List.of("rank"), columns).stream()
        .filter(row -> !"0.000000".equals(row.get("anomalies")))
        .toList();
  }

  // ---- the algebra

  private List<Row> whole(String measurement, Map<String, Column> columns) {
    return rows(chosen(measurement), false, List.of(), columns);
  }

  private List<Row> perInterval(String measurement, Map<String, Column> columns) {
    return rows(chosen(measurement), true, List.of(), columns);
  }

  private Stream<Point> seen(String measurement) {
    return upTo(measurement).filter(p -> p.time() >= range.from().toEpochMilli());
  }

  private Stream<Point> untilEnd() {
    return upTo("ledger");
  }

  private Stream<Point> upTo(String measurement) {
    return points.stream()
        .filter(p -> p.measurement().equals(measurement))
        .filter(p -> p.time() <= range.to().toEpochMilli())
        .filter(
            p ->
                !p.tags().containsKey("site")
                    || (sites.contains(p.tag("site")) && devices.contains(p.tag("device"))));
  }

  private Stream<Point> chosen(String measurement) {
    return seen(measurement)
        .filter(p -> !p.measurement().equals("window") || p.tag("window").equals(window))
        .filter(p -> !p.tags().containsKey("sensor") || sensors.contains(p.tag("sensor")));
  }

  private List<Row> rows(
      Stream<Point> from, boolean isPerInterval, List<String> tags, Map<String, Column> columns) {
    Map<Row, List<Point>> groups =
        from.collect(groupingBy(p -> key(p, isPerInterval, tags), LinkedHashMap::new, toList()));
    return groups.entrySet().stream().map(group -> row(group, columns)).toList();
  }

  private static Row row(Map.Entry<Row, List<Point>> group, Map<String, Column> columns) {
    Row row = new Row();
    row.putAll(group.getKey());
    columns.forEach((name, column) -> row.set(name, column.apply(group.getValue())));
    return row;
  }

  private Row key(Point point, boolean isPerInterval, List<String> tags) {
    Row row = new Row();
    if (isPerInterval) {
      long start = point.time() - Math.floorMod(point.time(), intervalMillis);
      row.set("time", Long.toString(start));
    }
    tags.forEach(tag -> row.set(tag, point.tag(tag)));
    return row;
  }

  private Column rate(String field) {
    return group -> (Double) sum(field).apply(group) * 1_000 / intervalMillis;
  }

  private static Column sum(String field) {
    return group -> group.stream().mapToDouble(p -> p.number(field)).sum();
  }

  private static Column min(String field) {
    return group -> group.stream().mapToDouble(p -> p.number(field)).min().orElseThrow();
  }

  private static Column max(String field) {
    return group -> group.stream().mapToDouble(p -> p.number(field)).max().orElseThrow();
  }

  private static Column last(String field) {
    return group -> newest(group).number(field);
  }

  private static Column weighted(String field, String weight) {
    return group ->
        group.stream().mapToDouble(p -> p.number(field) * p.number(weight)).sum()
            / group.stream().mapToDouble(p -> p.number(weight)).sum();
  }

  /** The sum over epochs of each epoch's newest running total. */
  private static Column total(String field) {
    return group ->
        latest(group, "site", "device", "epoch").mapToDouble(p -> p.number(field)).sum();
  }

  private static Stream<Point> latest(List<Point> group, String... tags) {
    return group.stream()
        .collect(groupingBy(p -> Stream.of(tags).map(p::tag).toList()))
        .values()
        .stream()
        .map(Oracle::newest);
  }

  private static Point newest(List<Point> group) {
    return group.stream().max(Comparator.comparingLong(Point::time)).orElseThrow();
  }
}
