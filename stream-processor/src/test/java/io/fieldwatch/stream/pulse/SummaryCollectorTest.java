package io.fieldwatch.stream.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryCollectorTest {
  private static final Totals TOTALS = new Totals(2, 3, 0, 0, 0, 1, 0);

  private final SummaryCollector collector = new SummaryCollector();

  @Test
  void sums_up_what_a_partition_did_in_a_batch() {
    // Given
    collector.read(1_100, 1_500);
    collector.stored(1_000, 1_100, 1);
    collector.stored(1_080, 1_100, 1);
    collector.flagged(new DeviceId("lab", "press"));
    collector.flagged(new DeviceId("lab", "press"));
    collector.refused(Reason.LATE);

    // When
    BatchSummary summary = collector.summary(TOTALS, 70);

    // Then
    assertThat(summary)
        .isEqualTo(
            new BatchSummary(
                TOTALS,
                new HopTimes(
                    new HopTime(2, 120, 100), new HopTime(1, 400, 400), new HopTime(1, 70, 70)),
                Map.of("lab/press", 2L),
                Map.of("late", 1L)));
  }

  @Test
  void clocks_that_differ_and_times_out_of_this_world_overflow_nothing() {
    // Given
    collector.stored(5_000, 1_000, 1);
    for (int i = 0; i < 1_000; i++) {
      collector.stored(Long.MIN_VALUE / 2, 1_000, 1);
    }

    // When
    HopTime ingest = collector.summary(TOTALS, 0).hops().ingest();

    // Then
    assertThat(ingest.passages()).isEqualTo(1_001);
    assertThat(ingest.sumMillis()).isEqualTo(1_000 * ingest.maxMillis());
  }

  @Test
  void names_a_bounded_number_of_devices() {
    // When
    for (int i = 0; i < 2 * SummaryCollector.MOST_DEVICES; i++) {
      collector.flagged(new DeviceId("lab", "d" + i));
    }
    collector.flagged(new DeviceId("lab", "d0"));

    // Then
    Map<String, Long> flagged = collector.summary(TOTALS, 0).flaggedByDevice();
    assertThat(flagged).hasSize(SummaryCollector.MOST_DEVICES).containsEntry("lab/d0", 2L);
  }

  @Test
  @SuppressWarnings("NullAway") // the fault
  void a_fault_costs_the_summary_and_not_the_batch() {
    // Given
    collector.flagged(new DeviceId("lab", "press"));

    // When
    collector.flagged(null);

    // Then
    BatchSummary summary = collector.summary(TOTALS, 0);
    assertThat(summary).isEqualTo(BatchSummary.LOST);
    assertThat(BatchSummary.sum(Stream.of(summary, BatchSummary.NOTHING)).totals().lostSummaries())
        .isEqualTo(1);
    assertThat(BatchSummary.sum(Stream.of(summary).map(s -> null))).isEqualTo(BatchSummary.LOST);
  }

  @Test
  void a_summary_refuses_a_count_that_a_window_could_not_take_back() {
    assertThatThrownBy(
            () -> new BatchSummary(Totals.NONE, HopTimes.NONE, Map.of("lab/press", 0L), Map.of()))
        .hasMessage("Invalid summary: lab/press has a count of 0");
  }
}
