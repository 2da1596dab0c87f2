package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelDetectorTest {
  private static final List<OptionalLong> WINDOWS =
      List.of(OptionalLong.empty(), OptionalLong.of(10_000));
  private static final Model SERIES = Pairs.ofSeries("series");
  private static final Model TOGETHER = SERIES.together(Pairs.ofDevices("devices"));

  @Test
  void aSensorThatLeavesItsPartnerIsFlaggedByTheirDeviceAlone() {
    // Given: the third of three sensors that follow one another leaves them within its own range
    Table table = Pairs.table("d", 1, 3, 8000, 7000, 7200);

    for (OptionalLong window : WINDOWS) {
      // When
      ModelDetector.Scored scored = ModelDetector.of(TOGETHER, window).scored(table);
      ModelDetector.Scored alone = ModelDetector.of(SERIES, window).scored(table);

      // Then: by the device, which names who left; and never without it
      assertThat(flagged(scored, TOGETHER, 7000, 7210))
          .isNotEmpty()
          .allSatisfy(
              reason ->
                  assertThat(reason)
                      .matches("_all [a-z-0-9]+ \\d+\\.\\d\\d( \\+ _all [^(]+)? \\(s2.*\\)"));
      assertThat(flagged(scored, TOGETHER, 0, 7000)).isEmpty();
      assertThat(flagged(alone, SERIES, 0, 8000)).isEmpty();
    }
  }

  /** The reasons of the rows between that are flagged. */
  private static List<String> flagged(ModelDetector.Scored scored, Model model, int from, int to) {
    List<String> reasons = new ArrayList<>();
    for (int row = from; row < to; row++) {
      if (scored.probabilities()[row] >= model.threshold()) {
        reasons.add(scored.reasons()[row]);
      }
    }
    return reasons;
  }

  @Test
  void theScoresOfAHeadAreTheHeadOfTheScores() {
    // Given: sensors that give nothing now and then, by themselves or all at once, and times that
    // stand still and go back
    Table table = torn();

    for (OptionalLong window : WINDOWS) {
      ModelDetector detector = ModelDetector.of(TOGETHER, window);
      double[] all = detector.scores(table);

      for (int rows : new int[] {700, 1001, 1613, 1989}) {
        // Then
        assertThat(detector.scores(table.head(rows))).isEqualTo(Arrays.copyOf(all, rows));
      }
      // and the device has its part in them
      assertThat(ModelDetector.of(SERIES, window).scores(table)).isNotEqualTo(all);
    }
  }

  @Test
  void aRowWithoutAnyReadingHasNoProbabilityAndOneOfAnySensorHasThatOfTheDevice() {
    // Given
    Table table = torn();

    for (OptionalLong window : WINDOWS) {
      // When: by a model that says one thing of all windows that are not of a device
      Model devices = new Model("rest", 0.5, -2, 4, List.of());
      double[] scores =
          ModelDetector.of(devices.together(Pairs.ofDevices("devices")), window).scores(table);

      // Then
      for (int row = 600; row < table.rows(); row++) {
        boolean isEmpty = Double.isNaN(table.values(0)[row]) && Double.isNaN(table.values(1)[row]);
        assertThat(scores[row] == 0).isEqualTo(isEmpty);
      }
    }
  }

  private static Table torn() {
    Table table = Pairs.table("d", 2, 2, 2000, 1500, 1600);
    Random random = new Random(3);
    for (int row = 0; row < table.rows(); row++) {
      for (int sensor = 0; sensor < 2; sensor++) {
        if (random.nextInt(10) == 0 || row % 50 == 49) {
          table.values(sensor)[row] = Double.NaN;
        }
      }
      if (random.nextInt(50) == 0) {
        table.timesMillis()[row] -= 1000L * random.nextInt(100);
      }
    }
    return table;
  }

  @Test
  void theInstantsOfWindowsAreTheMeansOfTheirReadings() {
    // Given: windows of ten seconds, in the second of which one sensor is silent, and a row of an
    // earlier one
    double[] first = {1, 2, 3, Double.NaN, 4, 5, 6};
    double[] second = {Double.NaN, 10, 20, Double.NaN, Double.NaN, 30, 40};
    long[] times = {0, 5_000, 9_999, 12_000, 13_000, 3_000, 20_000};
    Table table = new Table("d", List.of("a", "b"), times, new double[][] {first, second});
    InstantCutter cutter = InstantCutter.ofWindows(table, 10_000);

    // When
    List<String> cuts = new ArrayList<>();
    for (int row : new int[] {0, 1, 2, 4, 5, 6}) {
      cutter
          .next(row)
          .ifPresent(
              cut ->
                  cuts.add(
                      cut.window().startMillis()
                          + " "
                          + cut.window().sensors()
                          + Arrays.toString(cut.window().means())
                          + cut.firstRow()
                          + "-"
                          + cut.lastRow()));
    }

    // Then
    assertThat(cuts)
        .containsExactly("0 [a, b][2.0, 15.0]0-2", "10000 [a][4.0]4-4", "0 [a, b][5.0, 30.0]5-5");
  }

  @Test
  void aTableOfOneSensorIsScoredByItAlone() {
    // Given
    Table two = torn();
    Table one =
        new Table(
            "d", two.sensors().subList(0, 1), two.timesMillis(), new double[][] {two.values(0)});

    for (OptionalLong window : WINDOWS) {
      // Then: whether the model scores devices or not
      assertThat(ModelDetector.of(TOGETHER, window).ofDevice(one)).isEmpty();
      assertThat(ModelDetector.of(SERIES, window).scores(one))
          .isEqualTo(ModelDetector.of(TOGETHER, window).scores(one));
    }
  }
}
