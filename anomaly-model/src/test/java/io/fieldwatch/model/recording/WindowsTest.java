package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void readingsFallIntoWindowsAlignedToTheEpoch() {
    // Given
    Series series =
        new Series(
            "d", "s", new long[] {-1, 0, 9_999, 10_000, 40_000}, new double[] {1, 2, 6, 3, 5});

    // When
    List<WindowSummary> windows = Windows.of(series, 10_000);

    // Then
    assertThat(windows)
        .containsExactly(
            new WindowSummary(-10_000, 10_000, 1, 1, 1, 1, 0, 1, 1),
            new WindowSummary(0, 10_000, 2, 4, 2, 6, Math.sqrt(8), 2, 6),
            new WindowSummary(10_000, 10_000, 1, 3, 3, 3, 0, 3, 3),
            new WindowSummary(40_000, 10_000, 1, 5, 5, 5, 0, 5, 5));
  }

  @Test
  void theDeviationSurvivesALargeOffset() {
    Series series =
        new Series("d", "s", new long[] {0, 1, 2}, new double[] {1e9, 1e9 + 3, 1e9 + 6});

    assertThat(Windows.of(series, 10).get(0).stddev()).isCloseTo(3, within(1e-6));
  }

  @Test
  void valuesAtBothEndsOfWhatANumberHoldsMakeAWindow() {
    // Given
    double most = 1.7e308;
    Series series =
        new Series("d", "s", new long[] {0, 1, 2, 3}, new double[] {most, -most, -most, most});

    // When
    WindowSummary window = Windows.of(series, 10).get(0);

    // Then
    assertThat(window.min()).isEqualTo(-most);
    assertThat(window.max()).isEqualTo(most);
    assertThat(window.mean()).isBetween(-most, most);
    assertThat(window.stddev()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void anEmptySeriesHasNoWindows() {
    assertThat(Windows.of(new Series("d", "s", new long[0], new double[0]), 10)).isEmpty();
  }
}
