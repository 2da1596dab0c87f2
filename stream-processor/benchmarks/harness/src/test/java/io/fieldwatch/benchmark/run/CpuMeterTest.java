package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
  private static final double ONE_MORE_SECOND = 1;

  @Test
  void notesWhatAProcessUsesAndWhenItWasWarm() {
    // Given
    ProcessHandle self = ProcessHandle.current();
    double before = self.info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;
    Interval interval =
        new Interval((before + ONE_MORE_SECOND) / Interval.LONGEST_WARM_UP, Duration.ZERO);
    long begin = System.currentTimeMillis();

    // When
    try (CpuMeter meter = new CpuMeter(self)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofNanos(1))
          .until(() -> meter.warmMillis(interval).isPresent());
      long end = meter.warmMillis(interval).orElseThrow();

      // Then
      CpuMeter.Usage usage = meter.between(begin, end);
      assertThat(usage.seconds()).isGreaterThan(0.5);
      assertThat(usage.compilersShare()).isBetween(0.0, 1.0);
      assertThat(usage.otherShare()).isNotNegative();
      assertThat(usage.serversShare()).isBetween(0.0, 1.1);
    }
  }

  @Test
  void whatWasNotNotedHasNoFigure() {
    try (CpuMeter meter = new CpuMeter(ProcessHandle.current())) {
      assertThatThrownBy(() -> meter.between(0, System.currentTimeMillis()))
          .hasMessage("Cannot tell what was used: it was not noted all the time");
    }
  }
}
