package io.fieldwatch.dashboards;

import static java.util.Map.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Half an hour of a small fleet: two sites that both have a device "d-1", one device that falls
 * silent after twenty minutes, two epochs with gaps, some flagged windows.
 */
final class Fleet {

  static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
  static final int TICKS = 180;
  static final Instant END = START.plusSeconds(TICKS * 10L);

  private static final int SILENT_FROM = 120;
  private static final long TICK_MILLIS = 10_000;

  /** Only windows of the shortest length are scored. */
  private static final String SCORED = "10s";

  /** Scores of all sensors of a device together are of this one, which has no windows. */
  private static final String ALL_SENSORS = "_all";

  private final List<Point> points = new ArrayList<>();

  private Fleet() {}

  static List<Point> points() {
    Fleet fleet = new Fleet();
    fleet.device("north", "d-1", 10, TICKS);
    fleet.device("north", "d-2", 20, SILENT_FROM);
    fleet.device("south", "d-1", 30, TICKS);
    fleet.pipeline();
    fleet.pulse();
    return List.copyOf(fleet.points);
  }

  static String lines(List<Point> points) {
    return points.stream().map(Point::line).collect(Collectors.joining("\n"));
  }

  private void device(String site, String device, int base, int ticks) {
    for (String sensor : List.of("humidity", "temperature")) {
      var series = Map.of("site", site, "device", device, "sensor", sensor);
      for (int tick = 0; tick < ticks; tick++) {
        window(series, "10s", tick, 5 + tick % 3, base + sensor.length() + tick % 7);
        if (tick % 6 == 5) {
          window(series, "1m", tick - 5, 36, base + sensor.length() + tick % 5);
        }
      }
    }
    for (int tick = 0; tick < ticks; tick++) {
      score(Map.of("site", site, "device", device, "sensor", ALL_SENSORS, "window", SCORED), tick);
    }
    for (int tick = 0; tick < TICKS; tick++) {
      state(site, device, tick, Math.min(tick, ticks));
      if (tick < ticks) {
        ledger(site, device, "e1", tick, "");
        ledger(site, device, "e2", tick, "3-5,9");
      }
    }
  }

  private void window(
      Map<String, String> series, String window, int tick, long count, double mean) {
    var tags = new TreeMap<>(series);
    tags.put("window", window);
    add(
        "window",
        tick,
        tags,
        Map.ofEntries(
            entry("count", count),
            entry("mean", mean),
            entry("min", mean - 1 - tick % 2),
            entry("max", mean + 2 + tick % 3),
            entry("stddev", 0.5),
            entry("p50", mean),
            entry("p95", mean + 1.5),
            entry("p99", mean + 1.75),
            entry("first", mean),
            entry("last", mean),
            entry("revision", 0L),
            entry("final", true),
            entry("unit", "Cel")));
    if (window.equals(SCORED)) {
      score(tags, tick);
    }
  }

  private void score(Map<String, String> series, int tick) {
    boolean isOdd = "south".equals(series.get("site")) || "d-2".equals(series.get("device"));
    double probability = tick == 100 ? 0.8 : tick % 20 / (isOdd ? 20.0 : 40.0);
    add(
        "score",
        tick,
        series,
        Map.of(
            "probability",
            probability,
            "threshold",
            tick < 60 ? 0.85 : 0.75,
            "flagged",
            probability > 0.75 ? 1L : 0L,
            "model",
            "m" + (tick < 60 ? 1 : 2),
            "top",
            "stddev +" + tick));
  }

  private void state(String site, String device, int tick, int newest) {
    add(
        "device_state",
        tick,
        Map.of("site", site, "device", device),
        Map.of(
            "online",
            newest == tick ? 1L : 0L,
            "last_reading",
            millis(newest) - 500,
            "last_ingest",
            millis(newest),
            "open_windows",
            4L + tick % 2,
            "sensors",
            2L));
  }

  private void ledger(String site, String device, String epoch, int tick, String gaps) {
    long base = epoch.equals("e1") ? 1_000 : 0;
    add(
        "ledger",
        tick,
        Map.of("site", site, "device", device, "epoch", epoch),
        Map.ofEntries(
            entry("packs", base + tick),
            entry("stored", (base + tick) * 5),
            entry("late", tick / 50L),
            entry("quarantined", (long) device.length()),
            entry("refused_packs", tick / 70L),
            entry("duplicate_packs", 2L),
            entry("duplicate_readings", 10L),
            entry("missing_packs", gaps.isEmpty() ? 0L : 4L),
            entry("max_seq", base + tick + 4),
            entry("gaps", gaps)));
  }

  /** A batch a second; every fifth has nothing to do. */
  private void pipeline() {
    for (int second = 0; second < TICKS * 10; second++) {
      boolean isIdle = second % 5 == 0;
      long readings = isIdle ? 0 : 100 + second % 13;
      points.add(
          new Point(
              "pipeline",
              START.toEpochMilli() + second * 1_000L,
              Map.of("hop", "stream"),
              Map.ofEntries(
                  entry("packs", readings / 5),
                  entry("readings", readings),
                  entry("duplicates", second % 100 == 0 ? 3L : 0L),
                  entry("quarantined", second % 200 == 0 ? 1L : 0L),
                  entry("refused_packs", second % 400 == 0 ? 1L : 0L),
                  entry("late", second % 300 == 0 ? 2L : 0L),
                  entry("flagged", second % 60 == 0 ? 1L : 0L),
                  entry("points", readings * 2),
                  entry("lag_packs", second % 17L),
                  entry("batch_ms", 200L + second % 29),
                  entry("delay_ms", second % 11L),
                  entry("latency_p50_ms", isIdle ? 0.0 : 700.5 + second % 19),
                  entry("latency_p99_ms", isIdle ? 0.0 : 1_500.5 + second % 23),
                  entry("latency_count", readings),
                  entry("devices", 3L),
                  entry("series", 6L),
                  entry("open_windows", 12L + second % 3))));
    }
  }

  /** Two leaders until the middle, one from then on. */
  private void pulse() {
    for (int tick = 0; tick < TICKS; tick++) {
      for (String hop : List.of("ingest", "queue", "store")) {
        add(
            "pulse_hop",
            tick,
            Map.of("hop", hop),
            Map.of(
                "mean_ms",
                hop.length() + tick % 7 + 0.5,
                "max_ms",
                50L + tick,
                "passages",
                100L,
                "slowest_batches",
                10L));
      }
      for (String reason : List.of("future", "late")) {
        Map<String, Object> messages = Map.of("messages", tick % (long) reason.length());
        add("pulse_refusal", tick, Map.of("reason", reason), messages);
      }
      place(tick, "1m", "01", "north", "d-2", 4);
      place(tick, "10s", "01", "south", "d-1", 1);
      if (tick < TICKS / 2) {
        place(tick, "1m", "02", "south", "d-1", 2);
      } else {
        place(tick, "1m", "02", "", "", 0);
      }
    }
  }

  private void place(
      int tick, String board, String rank, String site, String device, long anomalies) {
    add(
        "leaderboard",
        tick,
        Map.of("board", board, "rank", rank),
        Map.of("site", site, "device", device, "anomalies", anomalies));
  }

  private void add(
      String measurement, int tick, Map<String, String> tags, Map<String, Object> fields) {
    points.add(new Point(measurement, millis(tick), tags, fields));
  }

  private static long millis(int tick) {
    return START.toEpochMilli() + tick * TICK_MILLIS;
  }
}
