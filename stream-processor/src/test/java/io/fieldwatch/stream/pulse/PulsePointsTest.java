package io.fieldwatch.stream.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PulsePointsTest {
  private static final Upkeep UPKEEP = new Upkeep(25, 0.005, 1);

  private final PulsePoints points =
      new PulsePoints(
          new StreamConfig.Pulse(
              Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(10), 2, 1));

  @Test
  void every_place_of_a_leaderboard_is_written_so_that_none_stays_from_before() {
    // Given
    Pulse pulse = Pulse.ofLeaders(List.of(new Leader("lab/press", 3)));

    // When
    String lines = lines(pulse);

    // Then
    assertThat(lines)
        .contains(
            """
            leaderboard,board=10s,rank=01 site="",device="",anomalies=0i 7000
            leaderboard,board=1m,rank=01 site="lab",device="press",anomalies=3i 7000
            leaderboard,board=1m,rank=02 site="",device="",anomalies=0i 7000
            """);
  }

  @Test
  void rates_hops_and_refusals_are_of_the_whole_window() {
    // Given
    Pulse pulse =
        Pulse.ofBatches(110)
            .plus(Pulse.ofTotals(new Totals(600, 3_000, 1, 2, 3, 4, 0)))
            .plus(
                Pulse.ofHops(
                    new HopTimes(new HopTime(4, 10, 4), HopTime.NONE, new HopTime(1, 9, 9))))
            .plus(Pulse.ofSlowest(Map.of("store", 108L)))
            .plus(Pulse.ofRefusals(Map.of("late", 2L)));

    // When
    String lines = lines(pulse);

    // Then
    assertThat(lines)
        .contains(
            "pulse batches=110i,packs=600i,readings=3000i,duplicates=1i,late=2i,quarantined=3i,"
                + "flagged=4i,packs_per_second=10,readings_per_second=50,"
                + "slowest_hop=\"store\",cost_ms=25,share=0.005,failures=1i,"
                + "lost_summaries=0i 7000\n",
            "pulse_hop,hop=ingest mean_ms=2.5,max_ms=4i,passages=4i,slowest_batches=0i 7000\n",
            "pulse_hop,hop=store mean_ms=9,max_ms=9i,passages=1i,slowest_batches=108i 7000\n",
            "pulse_refusal,reason=late messages=2i 7000\n",
            "pulse_refusal,reason=future messages=0i 7000\n");
  }

  private String lines(Pulse pulse) {
    Lines lines = points.lines(pulse, UPKEEP, 7_000);
    return lines.slice(0, lines.size());
  }
}
