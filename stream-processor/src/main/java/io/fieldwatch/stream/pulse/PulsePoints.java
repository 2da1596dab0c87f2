package io.fieldwatch.stream.pulse;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.window.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A pulse as points, by the schema of {@code docs/reference/contracts.md}. The same series every
 * time, so that the last point of each is the present, and an earlier leader is not taken for one.
 */
public final class PulsePoints {
  private static final double SECOND = 1_000;

  private final StreamConfig.Pulse settings;

  public PulsePoints(StreamConfig.Pulse settings) {
    this.settings = settings;
  }

  /**
   * The points.
   *
   * @param atMillis the end of the window
   */
  public Lines lines(Pulse pulse, Upkeep upkeep, long atMillis) {
    Lines lines = new Lines();
    totals(lines, pulse, upkeep, atMillis);
    for (Hop hop : Hop.values()) {
      hop(lines, pulse, hop, atMillis);
    }
    for (Reason reason : Reason.values()) {
      lines
          .point("pulse_refusal")
          .tag("reason", reason.code())
          .field("messages", pulse.refusals().getOrDefault(reason.code(), 0L))
          .at(atMillis);
    }
    board(lines, settings.shortWindow(), pulse.shortLeaders(), settings.shortLeaders(), atMillis);
    board(lines, settings.window(), pulse.leaders(), settings.leaders(), atMillis);
    return lines;
  }

  private void totals(Lines lines, Pulse pulse, Upkeep upkeep, long atMillis) {
    Totals totals = pulse.totals();
    double seconds = settings.window().toMillis() / SECOND;
    lines
        .point("pulse")
        .field("batches", pulse.batches())
        .field("packs", totals.packs())
        .field("readings", totals.readings())
        .field("duplicates", totals.duplicates())
        .field("late", totals.late())
        .field("quarantined", totals.quarantined())
        .field("flagged", totals.flagged())
        .field("packs_per_second", totals.packs() / seconds)
        .field("readings_per_second", totals.readings() / seconds)
        .field("slowest_hop", pulse.hops().slowest().map(Hop::code).orElse(""))
        .field("cost_ms", upkeep.costMillis())
        .field("share", upkeep.share())
        .field("failures", upkeep.failures())
        .field("lost_summaries", totals.lostSummaries())
        .at(atMillis);
  }

  private static void hop(Lines lines, Pulse pulse, Hop hop, long atMillis) {
    HopTime time = pulse.hops().of(hop);
    lines
        .point("pulse_hop")
        .tag("hop", hop.code())
        .field("mean_ms", time.meanMillis())
        .field("max_ms", time.maxMillis())
        .field("passages", time.passages())
        .field("slowest_batches", pulse.slowest().getOrDefault(hop.code(), 0L))
        .at(atMillis);
  }

  private static void board(
      Lines lines, Duration window, List<Leader> leaders, int places, long atMillis) {
    for (int i = 0; i < places; i++) {
      Lines.Point place =
          lines
              .point("leaderboard")
              .tag("board", WindowSpec.tumbling(window).name())
              .tag("rank", String.format(Locale.ROOT, "%02d", i + 1));
      if (i < leaders.size()) {
        DeviceId device = DeviceId.parse(leaders.get(i).device());
        place
            .field("site", device.site())
            .field("device", device.device())
            .field("anomalies", leaders.get(i).anomalies());
      } else {
        place.field("site", "").field("device", "").field("anomalies", 0);
      }
      place.at(atMillis);
    }
  }
}
