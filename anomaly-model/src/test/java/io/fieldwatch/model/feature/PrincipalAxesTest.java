package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
  @Test
  void twoSensorsThatFollowOneAnotherHaveTheAxesOfTextbooks() {
    // Given: R = (1 .8; .8 1), whose axes are the diagonals with the variances 1.8 and .2
    PrincipalAxes axes = PrincipalAxes.of(new double[][] {{1, 0.8}, {0.8, 1}});

    // Then
    assertThat(axes.variances()).containsExactly(new double[] {1.8, 0.2}, within(1e-12));
    assertThat(axes.tSquared(new double[] {3, 3})).isCloseTo(18 / 1.8, within(1e-12));
    assertThat(axes.q(new double[] {3, 3})).isCloseTo(0, within(1e-12));
    assertThat(axes.tSquared(new double[] {1, -1})).isCloseTo(0, within(1e-12));
    assertThat(axes.q(new double[] {1, -1})).isCloseTo(2 / 0.2, within(1e-12));
  }

  @Test
  void aResidualIsThatOfTheRegressionOnTheOthers() {
    // Given: of x = 1 one expects y = .8, give or take .6
    PrincipalAxes axes = PrincipalAxes.of(new double[][] {{1, 0.8}, {0.8, 1}});

    // Then
    assertThat(axes.residuals(new double[] {1, 0.2})[1]).isCloseTo(-1, within(1e-12));
    assertThat(axes.residuals(new double[] {1, 0.8})[1]).isCloseTo(0, within(1e-12));
  }

  @Test
  void theAxesOfAnyCorrelationMatrixBringItBack() {
    // Given
    Random random = new Random(3);
    for (int n = 2; n <= 16; n++) {
      double[][] matrix = correlation(n, random);

      // When
      PrincipalAxes axes = PrincipalAxes.of(copy(matrix));

      // Then: the sum of the variances is the trace, and x'R⁻¹x is that of the residuals
      double sum = 0;
      for (double variance : axes.variances()) {
        sum += variance;
      }
      assertThat(sum).isCloseTo(n, within(1e-9));
      double[] unit = new double[n];
      for (int i = 0; i < n; i++) {
        unit[i] = 0;
        for (int j = 0; j < n; j++) {
          unit[i] += matrix[i][j];
        }
      }
      // R⁻¹ (R 1) = 1, so each residual is 1 over the root of its precision, which is above 0.
      for (double residual : axes.residuals(unit)) {
        assertThat(residual).isGreaterThan(0).isLessThanOrEqualTo(1 + 1e-9);
      }
    }
  }

  @Test
  void sensorsThatAlwaysAgreeDivideByNothing() {
    PrincipalAxes axes = PrincipalAxes.of(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}});
    assertThat(axes.q(new double[] {1, 1, 0})).isFinite().isGreaterThan(100);
    assertThat(axes.residuals(new double[] {1, 1, 0})).doesNotContain(Double.NaN);
  }

  private static double[][] correlation(int n, Random random) {
    double[][] loads = new double[n][n + 2];
    for (double[] row : loads) {
      double length = 0;
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian();
        length += row[i] * row[i];
      }
      for (int i = 0; i < row.length; i++) {
        row[i] /= Math.sqrt(length);
      }
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n + 2; k++) {
          matrix[i][j] += loads[i][k] * loads[j][k];
        }
      }
    }
    return matrix;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
