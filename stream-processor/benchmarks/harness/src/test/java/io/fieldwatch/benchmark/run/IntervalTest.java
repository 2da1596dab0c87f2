package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final Duration SOON = Duration.ofSeconds(119);

  private final Interval interval = new Interval(8, Duration.ofSeconds(12));

  @Test
  void systemIsWarmWhenItsCompilersRestAndAnywayAfterSixTimesTheWarmUpOrTwoMinutes() {
    assertThat(interval.isWarm(SOON, 7.9, 0)).isFalse();
    assertThat(interval.isWarm(SOON, 8, 0.05)).isTrue();
    assertThat(interval.isWarm(SOON, 8, 0.06)).isFalse();
    assertThat(interval.isWarm(SOON, 47.9, 0.5)).isFalse();
    assertThat(interval.isWarm(SOON, 48, 0.5)).isTrue();
    assertThat(interval.isWarm(Duration.ofMinutes(2), 1, 1)).isTrue();
  }

  @Test
  void withoutWarmUpAnyTimeWillDo() {
    assertThat(new Interval(0, Duration.ofSeconds(12)).isWarm(Duration.ZERO, 0, 1)).isTrue();
    assertThat(new Interval(0, Duration.ofSeconds(12)).least()).isZero();
    assertThat(interval.least()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void warmUpIsNotNegative() {
    assertThatThrownBy(() -> new Interval(-1, Duration.ZERO))
        .hasMessage("Invalid interval: no time can be less than 0 seconds");
  }
}
