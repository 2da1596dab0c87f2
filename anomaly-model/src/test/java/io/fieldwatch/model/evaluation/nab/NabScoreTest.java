package io.fieldwatch.model.evaluation.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.recording.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The protocol by hand: what is expected was worked out on paper, with e to six digits. */
class NabScoreTest {
  /** 40 rows, 6 of them probation; a window of rows 10 to 13. */
  private static final NabFile ONE_WINDOW = file("a.csv", 40, new NabFile.Window(10, 13));

  private static final NabFile NO_WINDOW = file("b.csv", 40);

  @Test
  void aDetectionIsWorthWhatTheSigmoidSays() {
    // When
    double[] worth = Worth.of(ONE_WINDOW);

    // Then: 2 / (1 + e^-5) - 1 = 0.986614 at the first row, and the others beside it
    assertThat(worth[9]).isEqualTo(-1);
    assertThat(worth[10]).isEqualTo(1);
    // 2 / (1 + e^-2.5) - 1 = 0.848284 half-way
    assertThat(worth[12]).isCloseTo(0.848284 / 0.986614, within(1e-5));
    // 2 / (1 + e^-1.25) - 1 = 0.554600 at the last row, a quarter before the end
    assertThat(worth[13]).isCloseTo(0.554600 / 0.986614, within(1e-5));
    // 2 / (1 + e^(5/3)) - 1 = -0.682262 one row behind a width, less one, of three
    assertThat(worth[14]).isCloseTo(-0.682262, within(1e-5));
    assertThat(worth[21]).isGreaterThan(-1);
    assertThat(worth[22]).as("three widths behind").isEqualTo(-1);
    assertThat(Worth.of(NO_WINDOW)).containsOnly(-1);
  }

  @Test
  void aWindowCountsByItsFirstDetectionAndEveryOtherRowForItself() {
    // Given
    double[] scores = new double[40];
    scores[3] = 0.9; // probation
    scores[8] = 0.9;
    scores[12] = 0.9;
    scores[13] = 0.9;
    scores[14] = 0.9;

    // When
    List<NabScore> profiles = NabScore.of(List.of(ONE_WINDOW), List.of(scores));

    // Then: 0.859793 - 0.11 * (1 + 0.682262) = 0.674744 instead of -1, where 1 would be perfect
    NabScore standard = profiles.get(0);
    assertThat(standard.threshold()).isEqualTo(0.9);
    assertThat(standard.total().hits()).isEqualTo(1);
    assertThat(standard.total().falsePositives()).isEqualTo(2);
    assertThat(standard.score()).isCloseTo(100 * (0.674744 + 1) / 2, within(1e-3));
    // 0.859793 - 0.22 * 1.682262 = 0.489695
    assertThat(profiles.get(1).score()).isCloseTo(100 * (0.489695 + 1) / 2, within(1e-3));
    // A miss costs 2: (0.674744 + 2) of 3
    assertThat(profiles.get(2).score()).isCloseTo(100 * (0.674744 + 2) / 3, within(1e-3));
  }

  @Test
  void rowsOfOneScoreAreDetectedTogetherAndTheBestThresholdIsTaken() {
    // Given: at 0.8 the window for 2 rows far off, at 0.7 no more, at 0.6 a better row and 12 far
    // off
    double[] scores = new double[40];
    scores[30] = 0.8;
    scores[12] = 0.8;
    scores[31] = 0.8;
    scores[33] = 0.7;
    scores[10] = 0.6;
    double[] others = new double[40];
    Arrays.fill(others, 20, 32, 0.6);

    // When
    NabScore standard = standard(List.of(ONE_WINDOW, NO_WINDOW), scores, others);

    // Then: 0.859793 - 0.22 + 1 of 2, where 0.6 would be 1 - 0.11 * 15 + 1
    assertThat(standard.threshold()).isEqualTo(0.8);
    assertThat(standard.score()).isCloseTo(100 * (0.859793 - 0.22 + 1) / 2, within(1e-3));
    assertThat(standard.files().get(1).falsePositives()).isZero();
  }

  @Test
  void detectingNothingIsZeroAndTheFirstRowOfEachWindowAHundred() {
    // Given
    double[] perfect = new double[40];
    perfect[10] = 1;
    List<NabFile> corpus = List.of(ONE_WINDOW, NO_WINDOW);

    // Then
    for (int profile = 0; profile < 3; profile++) {
      double constant =
          NabScore.of(corpus, List.of(new double[40], new double[40])).get(profile).score();
      assertThat(constant).isZero();
      assertThat(NabScore.of(corpus, List.of(perfect, new double[40])).get(profile).score())
          .isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void theNestedThresholdOfAFileComesFromTheOthers() {
    // Given: the first file's window shows at 0.5 only, the second's at 0.9 and 12 false rows at
    // 0.5
    double[] first = new double[40];
    first[10] = 0.5;
    double[] second = new double[40];
    second[10] = 0.9;
    Arrays.fill(second, 25, 37, 0.5);
    NabFile other = file("c.csv", 40, new NabFile.Window(10, 13));

    // When
    NabScore standard = standard(List.of(ONE_WINDOW, other), first, second);

    // Then: together 0.5 is best, 2 - 12 * 0.11 = 0.68 against 1 - 1 = 0
    assertThat(standard.threshold()).isEqualTo(0.5);
    assertThat(standard.score()).isCloseTo(100 * (0.68 + 2) / 4, within(1e-9));
    // The first is judged at 0.9 and missed; the second at 0.5: 1 - 12 * 0.11 - 1 = -1.32
    assertThat(standard.nested()).isCloseTo(100 * (-1.32 + 2) / 4, within(1e-9));
  }

  @Test
  void aScoreOfMinusInfinityIsNoAlarmAtAnyThresholdAndNanIsRefused() {
    // Given
    double[] silent = new double[40];
    Arrays.fill(silent, Double.NEGATIVE_INFINITY);
    double[] broken = new double[40];
    broken[20] = Double.NaN;

    // Then
    NabScore standard = standard(List.of(ONE_WINDOW), silent);
    assertThat(standard.score()).isZero();
    assertThat(standard.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> standard(List.of(ONE_WINDOW), broken))
        .hasMessage("Invalid score of a.csv: row 20 has NaN");
  }

  @Test
  void theIntervalHoldsTheScoreAndIsAPointWhereFilesAreAlike() {
    // Given
    double[] perfect = new double[40];
    perfect[10] = 1;

    // Then
    NabScore alike = standard(List.of(ONE_WINDOW, ONE_WINDOW), perfect, perfect);
    assertThat(alike.low()).isCloseTo(100, within(1e-9));
    assertThat(alike.high()).isCloseTo(100, within(1e-9));
    NabScore unlike = standard(List.of(ONE_WINDOW, ONE_WINDOW), perfect, new double[40]);
    assertThat(unlike.low()).isZero();
    assertThat(unlike.high()).isCloseTo(100, within(1e-9));
  }

  @Test
  void probationIsAShareOfShortFilesAndFixedForLongOnes() {
    assertThat(file("x", 100).probationRows()).isEqualTo(15);
    assertThat(file("x", 39).probationRows()).isEqualTo(5);
    assertThat(file("x", 22_695).probationRows()).isEqualTo(750);
  }

  private static NabScore standard(List<NabFile> corpus, double[]... scores) {
    return NabScore.of(corpus, Stream.of(scores).toList()).get(0);
  }

  private static NabFile file(String name, int rows, NabFile.Window... windows) {
    Table table = new Table(name, List.of("value"), new long[rows], new double[1][rows]);
    return new NabFile(name, table, List.of(windows));
  }
}
