package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordHighTest {
  private static final double NO = Double.NEGATIVE_INFINITY;

  @Test
  void onlyWhatIsHigherThanTheRowsBeforeStands() {
    double[] kept = RecordHigh.of(new double[] {1, 3, 3, 2, 4, 1, 2, 2, 1}, 2);

    assertThat(kept).containsExactly(1, 3, NO, NO, 4, NO, NO, NO, NO);
  }

  @Test
  void itIsWhatComparingWithEachRowBeforeGives() {
    // Given
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      double[] scores = random.doubles(60, 0, 1).map(x -> Math.rint(10 * x)).toArray();
      int quiet = 1 + random.nextInt(20);

      // When
      double[] kept = RecordHigh.of(scores, quiet);

      // Then
      for (int row = 0; row < scores.length; row++) {
        double before = Arrays.stream(scores, Math.max(0, row - quiet), row).max().orElse(NO);
        assertThat(kept[row]).isEqualTo(scores[row] > before ? scores[row] : NO);
      }
    }
  }
}
