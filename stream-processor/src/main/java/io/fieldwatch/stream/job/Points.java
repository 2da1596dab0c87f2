package io.fieldwatch.stream.job;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.EpochLedger;
import io.fieldwatch.stream.device.Presence;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The results of a run as points, by the schema of {@code docs/reference/contracts.md}. */
final class Points {
  private static final int NAMED_GAPS = 10;
  private static final int EXPLAINED_FEATURES = 3;
  private static final long DEVICE_GRID_MILLIS = 10_000;

  private final Lines lines = new Lines();
  private final Model model;
  private final Rules rules;
  private final long nowMillis;

  Points(Model model, Rules rules, long nowMillis) {
    this.model = model;
    this.rules = rules;
    this.nowMillis = nowMillis;
  }

  Lines lines() {
    return lines;
  }

  void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
    Aggregate aggregate = window.aggregate();
    double[] quantiles = aggregate.quantiles(0.5, 0.95, 0.99);
    double expected = facts.expected(window.spec());
    Lines.Point point =
        series("window", device, sensor, window.spec())
            .field("count", aggregate.count())
            .field("mean", aggregate.mean())
            .field("min", aggregate.min())
            .field("max", aggregate.max())
            .field("stddev", aggregate.stddev())
            .field("p50", quantiles[0])
            .field("p95", quantiles[1])
            .field("p99", quantiles[2])
            .field("first", aggregate.first())
            .field("last", aggregate.last())
            .field("expected", expected)
            .field("coverage", Math.min(1, aggregate.count() / expected))
            .field("revision", window.revision())
            .field("late", window.late())
            .field("duplicate", window.duplicate())
            .flag("final", window.isFinal())
            .field("unit", facts.unit());
    switch (facts.kind()) {
      case GAUGE -> {}
      case COUNTER ->
          point
              .field("increase", aggregate.increase())
              .field("rate", aggregate.ratePerSecond())
              .field("resets", aggregate.steps());
      case BOOLEAN -> point.field("changes", aggregate.steps());
    }
    point.at(window.startMillis());
  }

  Model model() {
    return model;
  }

  /** A score of the model that these points are made with. */
  void score(DeviceId device, String sensor, ScoredWindow window) {
    series("score", device, sensor, window.spec())
        .field("probability", window.probability())
        .field("threshold", model.threshold())
        .field("flagged", window.flagged() ? 1 : 0)
        .field("alarm", window.alarms())
        .field("model", model.version())
        .field("top", window.flagged() ? explanation(sensor, window) : "")
        .at(window.startMillis());
  }

  void device(DeviceState device) {
    long time = Math.floorDiv(nowMillis, DEVICE_GRID_MILLIS) * DEVICE_GRID_MILLIS;
    Presence presence = device.presence(nowMillis, rules);
    lines
        .point("device_state")
        .tag("device", device.id().device())
        .tag("site", device.id().site())
        .field("state", presence.word())
        .field("online", presence == Presence.ONLINE ? 1 : 0)
        .field("clock_offset_ms", device.clockOffsetMillis())
        .field("backlog_packs", device.backlogPacks())
        .field("backlog_readings", device.backlogReadings())
        .field("epoch_returns", device.epochReturns())
        .field("last_reading", Math.max(0, device.greatestMillis()))
        .field("last_ingest", Math.max(0, device.lastIngestMillis()))
        .field("open_windows", device.openWindows())
        .field("sensors", device.sensors())
        .at(time);
    if (device.hasUnpublishedLedger()) {
      for (EpochLedger ledger : device.ledgers()) {
        ledger(device.id(), ledger, time);
      }
    }
  }

  private void ledger(DeviceId device, EpochLedger ledger, long time) {
    lines
        .point("ledger")
        .tag("device", device.device())
        .tag("epoch", ledger.epoch())
        .tag("site", device.site())
        .field("packs", ledger.packs())
        .field("stored", ledger.stored())
        .field("late", ledger.late())
        .field("quarantined", ledger.quarantined())
        .field("refused_packs", ledger.refusedPacks())
        .field("duplicate_packs", ledger.duplicatePacks())
        .field("duplicate_readings", ledger.duplicateReadings())
        .field("missing_packs", ledger.seqs().missing())
        .field("max_seq", ledger.seqs().greatest())
        .field("gaps", ledger.seqs().gaps(NAMED_GAPS))
        .at(time);
  }

  private Lines.Point series(String measurement, DeviceId device, String sensor, WindowSpec spec) {
    return lines
        .point(measurement)
        .tag("device", device.device())
        .tag("sensor", sensor)
        .tag("site", device.site())
        .tag("window", spec.name());
  }

  /**
   * Such as "pump over 10s: the mean +3.20, the drift +0.41"; of all sensors together it names
   * those that fit the others least.
   */
  private String explanation(String sensor, ScoredWindow window) {
    List<Model.Contribution> top = model.explain(window.features(), EXPLAINED_FEATURES);
    String suspects =
        window.suspects().isEmpty() ? "" : " (" + String.join(", ", window.suspects()) + ")";
    StringJoiner text =
        new StringJoiner(", ", sensor + " over " + window.spec().name() + ": ", suspects);
    for (Model.Contribution contribution : top) {
      text.add(
          String.format(
              Locale.ROOT,
              "%s %+.2f",
              FeatureNames.inWords(contribution.feature()),
              contribution.share()));
    }
    return text.toString();
  }
}
