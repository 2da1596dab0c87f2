package io.fieldwatch.local.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.top.Top.HopLine;
import io.fieldwatch.local.top.Top.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopTableTest {
  private static final Top TOP =
      new Top(
          Instant.parse("2026-01-15T12:00:05Z"),
          1_234.5,
          250,
          118,
          "ingest",
          0.006,
          0,
          List.of(new HopLine("ingest", 1_500, 4_000, 100), new HopLine("store", 20, 90, 18)),
          Map.of("late", 2L, "future", 1_500L),
          Map.of(
              "1m",
              List.of(new Place(1, "lab/press", 9), new Place(2, "lab/pump", 3)),
              "10s",
              List.of()));

  @Test
  void people_see_one_instant_with_the_slowest_hop_and_the_leaders() {
    assertThat(String.join("\n", TopTable.lines(TOP)).stripIndent())
        .isEqualTo(
            """
              12:00:05 UTC   1,235 readings/s   250 packs/s   118 batches

              hop              mean      longest     slowest in
              ingest        1.500 s      4.000 s    100 batches  <- the slowest
              store         0.020 s      0.090 s     18 batches

              refused  future 1,500, late 2

              most anomalies of the last 1m
                1  lab/press                                     9
                2  lab/pump                                      3

              most anomalies of the last 10s
                  none""");
  }

  @Test
  void programs_get_the_same() {
    assertThat(TopTable.json(TOP).toString())
        .contains(
            "\"readingsPerSecond\":1234.5",
            "\"slowestHop\":\"ingest\"",
            "\"refusals\":{",
            "\"1m\":[{\"rank\":1,\"device\":\"lab/press\",\"anomalies\":9}",
            "\"10s\":[]");
  }
}
