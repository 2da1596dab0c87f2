package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowSummaryTest {
  @Test
  void whatIsNoWindowIsRefusedWithASentence() {
    assertThatThrownBy(() -> new WindowSummary(0, 0, 1, 1, 1, 1, 0, 1, 1))
        .hasMessage("Invalid window: length 0 ms, must be 1 or more");
    assertThatThrownBy(() -> new WindowSummary(0, 1, 0, 1, 1, 1, 0, 1, 1))
        .hasMessage("Invalid window: count 0, must be 1 or more");
    assertThatThrownBy(() -> new WindowSummary(0, 1, 1, Double.NaN, 1, 1, 0, 1, 1))
        .hasMessage("Invalid window: mean is NaN, not a finite number");
    assertThatThrownBy(() -> new WindowSummary(0, 1, 1, 1, 1, 1, 0, 1, Double.NEGATIVE_INFINITY))
        .hasMessage("Invalid window: last is -Infinity, not a finite number");
    assertThatThrownBy(() -> new WindowSummary(0, 1, 1, 1, 2, 1, 0, 1, 1))
        .hasMessage("Invalid window: min 2.0 above max 1.0");
    assertThatThrownBy(() -> new WindowSummary(0, 1, 1, 1, 1, 1, -1, 1, 1))
        .hasMessage("Invalid window: stddev -1.0 below 0");
  }
}
