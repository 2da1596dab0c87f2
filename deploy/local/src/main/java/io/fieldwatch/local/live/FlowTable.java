package io.fieldwatch.local.live;

import java.util.List;

/** Shows a {@link Flow} to people. */
public final class FlowTable {
  private FlowTable() {}

  /** A small table, one string a line. */
  public static List<String> lines(Flow flow) {
    return List.of(
        "  agents produced      %,10.0f readings/s".formatted(flow.producedPerSecond()),
        "  broker acknowledged  %,10.0f readings/s   %,d packs in spools"
            .formatted(flow.acknowledgedPerSecond(), flow.spoolPacks()),
        "  Kafka                %,10.0f packs/s      %,d packs of backlog"
            .formatted(flow.kafkaPacksPerSecond(), flow.lagPacks()),
        "  stream job           %,10.0f readings/s   latency p50 %s, p99 %s"
            .formatted(
                flow.processedPerSecond(),
                FlowMeter.millis(flow.latencyP50Millis()),
                FlowMeter.millis(flow.latencyP99Millis())),
        "  InfluxDB             %,10.0f points/s     %,d anomalies flagged"
            .formatted(flow.pointsPerSecond(), flow.flagged()));
  }

  /** The same in one line, for outputs that cannot be redrawn. */
  public static String line(Flow flow) {
    return "readings/s: produced %,.0f, acknowledged %,.0f, processed %,.0f | packs/s: %,.0f | points/s: %,.0f | latency p50 %s, p99 %s | backlog %,d packs, spools %,d | anomalies %,d"
        .formatted(
            flow.producedPerSecond(),
            flow.acknowledgedPerSecond(),
            flow.processedPerSecond(),
            flow.kafkaPacksPerSecond(),
            flow.pointsPerSecond(),
            FlowMeter.millis(flow.latencyP50Millis()),
            FlowMeter.millis(flow.latencyP99Millis()),
            flow.lagPacks(),
            flow.spoolPacks(),
            flow.flagged());
  }
}
