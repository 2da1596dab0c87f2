package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void aPerfectOrderHasAPrecisionOfOneAndAGuessThatOfTheShareOfFaults() {
    double[] labels = {1, 0, 1, 0};

    assertThat(Judgement.of(new double[] {0.9, 0.1, 0.8, 0.2}, labels).averagePrecision())
        .isEqualTo(1);
    assertThat(Judgement.of(new double[] {0.5, 0.5, 0.5, 0.5}, labels).averagePrecision())
        .isEqualTo(0.5);
    assertThat(Judgement.of(new double[] {0.1, 0.9, 0.2, 0.8}, labels).averagePrecision())
        .isCloseTo((1 / 3.0 + 2 / 4.0) / 2, within(1e-12));
  }

  @Test
  void probabilitiesThatComeTrueHaveNoCalibrationError() {
    // Given
    Random random = new Random(5);
    double[] probabilities = random.doubles(100_000).toArray();
    double[] labels =
        Arrays.stream(probabilities).map(p -> random.nextDouble() < p ? 1 : 0).toArray();
    double[] overconfident = Arrays.stream(probabilities).map(p -> p < 0.5 ? 0 : 1).toArray();

    // Then
    assertThat(Judgement.of(probabilities, labels).calibrationError()).isLessThan(0.01);
    assertThat(Judgement.of(overconfident, labels).calibrationError())
        .isCloseTo(0.25, within(0.01));
  }
}
