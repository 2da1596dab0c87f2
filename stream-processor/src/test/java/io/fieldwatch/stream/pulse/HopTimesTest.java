package io.fieldwatch.stream.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HopTimesTest {
  @Test
  void the_slowest_hop_is_that_with_the_greatest_mean() {
    // Given many short passages, and one long one
    HopTimes hops =
        new HopTimes(
            new HopTime(1_000, 20_000, 900), new HopTime(100, 3_000, 40), new HopTime(2, 50, 30));

    // Then
    assertThat(hops.slowest()).contains(Hop.QUEUE);
  }

  @Test
  void the_earlier_of_equally_slow_hops_is_named() {
    // Given
    HopTime same = new HopTime(2, 10, 6);

    // Then
    assertThat(new HopTimes(same, same, same).slowest()).contains(Hop.INGEST);
  }

  @Test
  void a_hop_that_nothing_passed_is_not_the_slowest() {
    assertThat(HopTimes.NONE.slowest()).isEmpty();
    assertThat(new HopTimes(HopTime.NONE, HopTime.NONE, new HopTime(1, 0, 0)).slowest())
        .contains(Hop.STORE);
  }

  @Test
  void several_batches_have_the_sum_of_their_passages_and_the_greatest_of_their_times() {
    // Given
    HopTimes one = new HopTimes(new HopTime(2, 10, 8), HopTime.NONE, new HopTime(1, 5, 5));
    HopTimes other = new HopTimes(new HopTime(3, 30, 20), HopTime.NONE, new HopTime(1, 4, 4));

    // When
    HopTimes both = one.plus(other);

    // Then
    assertThat(both.of(Hop.INGEST)).isEqualTo(new HopTime(5, 40, 20));
    assertThat(both.of(Hop.INGEST).meanMillis()).isEqualTo(8.0);
    assertThat(both.of(Hop.QUEUE).meanMillis()).isZero();
    assertThat(both.of(Hop.STORE)).isEqualTo(new HopTime(2, 9, 5));
  }

  @Test
  void a_sum_that_is_too_great_for_a_long_stays_the_greatest() {
    // Given 140 million readings of two years ago, twice
    HopTime old = new HopTime(140_000_000, 140_000_000 * 63_072_000_000L, 63_072_000_000L);

    // Then
    assertThat(old.plus(old)).isEqualTo(new HopTime(280_000_000, Long.MAX_VALUE, 63_072_000_000L));
  }

  @Test
  void refuses_negative_times() {
    assertThatThrownBy(() -> new HopTime(1, -1, 0)).hasMessage("Invalid hop time: negative");
  }
}
