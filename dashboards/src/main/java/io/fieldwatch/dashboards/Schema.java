package io.fieldwatch.dashboards;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What dashboards may ask of what the stream job writes into InfluxDB; a test compares it with
 * docs/reference/contracts.md, which may know more. InfluxDB answers a query for a name that does
 * not exist with nothing and no error, so a typo is only found here.
 */
final class Schema {

  static final String RETENTION_POLICY = "main";

  static final Map<String, Measurement> MEASUREMENTS =
      Stream.of(
              new Measurement(
                  "window",
                  Set.of("site", "device", "sensor", "window"),
                  Set.of(
                      "count",
                      "mean",
                      "min",
                      "max",
                      "stddev",
                      "p50",
                      "p95",
                      "p99",
                      "first",
                      "last",
                      "revision",
                      "final",
                      "unit")),
              new Measurement(
                  "score",
                  Set.of("site", "device", "sensor", "window"),
                  Set.of("probability", "threshold", "flagged", "model", "top")),
              new Measurement(
                  "device_state",
                  Set.of("site", "device"),
                  Set.of("online", "last_reading", "last_ingest", "open_windows", "sensors")),
              new Measurement(
                  "ledger",
                  Set.of("site", "device", "epoch"),
                  Set.of(
                      "packs",
                      "stored",
                      "late",
                      "quarantined",
                      "refused_packs",
                      "duplicate_packs",
                      "duplicate_readings",
                      "missing_packs",
                      "max_seq",
                      "gaps")),
              new Measurement(
                  "pipeline",
                  Set.of("hop"),
                  Set.of(
                      "packs",
                      "readings",
                      "duplicates",
                      "quarantined",
                      "refused_packs",
                      "late",
                      "flagged",
                      "points",
                      "lag_packs",
                      "batch_ms",
                      "delay_ms",
                      "latency_p50_ms",
                      "latency_p99_ms",
                      "latency_count",
                      "devices",
                      "series",
                      "open_windows")),
              new Measurement(
                  "pulse_hop",
                  Set.of("hop"),
                  Set.of("mean_ms", "max_ms", "passages", "slowest_batches")),
              new Measurement("pulse_refusal", Set.of("reason"), Set.of("messages")),
              new Measurement(
                  "leaderboard", Set.of("board", "rank"), Set.of("site", "device", "anomalies")))
          .collect(Collectors.toUnmodifiableMap(Measurement::name, m -> m));

  private Schema() {}

  static Optional<Measurement> measurement(String name) {
    return Optional.ofNullable(MEASUREMENTS.get(name));
  }

  record Measurement(String name, Set<String> tags, Set<String> fields) {

    Set<String> names() {
      Set<String> names = new HashSet<>(tags);
      names.addAll(fields);
      return names;
    }
  }
}
