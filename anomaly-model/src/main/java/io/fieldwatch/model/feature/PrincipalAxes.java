package io.fieldwatch.model.feature;

/**
 * The principal axes of a correlation matrix, by Jacobi's cyclic rotations (Golub and Van Loan,
 * Matrix Computations, 8.5), which are exact enough for any matrix of a few sensors and do the same
 * in the same order on every machine. Immutable.
 */
final class PrincipalAxes {
  private static final int GREATEST_SWEEPS = 12;
  private static final double NEGLIGIBLE = 1e-20;

  /** Axes that together hold so much of the variance are the principal ones. */
  private static final double PRINCIPAL_SHARE = 0.9;

  /** Least variance of an axis, so that sensors that always agree to the last bit divide by it. */
  private static final double LEAST_VARIANCE = 1e-3;

  private final double[] variances;
  private final double[][] axes;
  private final int[] order;
  private final int principal;

  private PrincipalAxes(double[] variances, double[][] axes) {
    this.variances = variances;
    this.axes = axes;
    this.order = descending(variances);
    this.principal = principalOf(variances, order);
  }

  /**
   * Finds the axes.
   *
   * @param matrix symmetric, of 2 rows or more; not kept, and not as it was afterwards
   */
  static PrincipalAxes of(double[][] matrix) {
    int n = matrix.length;
    double[][] axes = new double[n][n];
    for (int i = 0; i < n; i++) {
      axes[i][i] = 1;
    }
    for (int sweep = 0; sweep < GREATEST_SWEEPS && !isDiagonal(matrix); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, axes, p, q);
        }
      }
    }
    double[] variances = new double[n];
    for (int i = 0; i < n; i++) {
      variances[i] = Math.max(LEAST_VARIANCE, matrix[i][i]);
    }
    return new PrincipalAxes(variances, axes);
  }

  private static boolean isDiagonal(double[][] matrix) {
    double rest = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        rest += matrix[i][j] * matrix[i][j];
      }
    }
    return rest < NEGLIGIBLE;
  }

  /** Turns the axes p and q so that their entry becomes 0. */
  private static void rotate(double[][] matrix, double[][] axes, int p, int q) {
    double entry = matrix[p][q];
    if (entry == 0) {
      return;
    }
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * entry);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double cosine = 1 / Math.sqrt(tangent * tangent + 1);
    double sine = tangent * cosine;
    for (double[] row : matrix) {
      double left = row[p];
      row[p] = cosine * left - sine * row[q];
      row[q] = sine * left + cosine * row[q];
    }
    for (int i = 0; i < matrix.length; i++) {
      double upper = matrix[p][i];
      matrix[p][i] = cosine * upper - sine * matrix[q][i];
      matrix[q][i] = sine * upper + cosine * matrix[q][i];
    }
    for (double[] row : axes) {
      double left = row[p];
      row[p] = cosine * left - sine * row[q];
      row[q] = sine * left + cosine * row[q];
    }
  }

  /** The places of the numbers, that of the greatest first. */
  private static int[] descending(double[] numbers) {
    int[] order = new int[numbers.length];
    for (int i = 0; i < order.length; i++) {
      int place = i;
      for (; place > 0 && numbers[order[place - 1]] < numbers[i]; place--) {
        order[place] = order[place - 1];
      }
      order[place] = i;
    }
    return order;
  }

  /** As many as hold the share; at least one, and at least one is none. */
  private static int principalOf(double[] variances, int[] order) {
    double all = 0;
    for (double variance : variances) {
      all += variance;
    }
    double held = 0;
    int count = 0;
    while (count < order.length - 1 && (count == 0 || held < PRINCIPAL_SHARE * all)) {
      held += variances[order[count]];
      count++;
    }
    return count;
  }

  /** The variances along the axes, the greatest first. */
  double[] variances() {
    double[] sorted = new double[order.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = variances[order[i]];
    }
    return sorted;
  }

  /**
   * Hotelling's T² of a point within the principal axes, by their number: 1 is usual.
   *
   * @param point one number for each row of the matrix
   */
  double tSquared(double[] point) {
    double sum = 0;
    for (int i = 0; i < principal; i++) {
      double along = along(order[i], point);
      sum += along * along / variances[order[i]];
    }
    return sum / principal;
  }

  /** The squared distance of a point from the principal axes beside the usual one: 1 is usual. */
  double q(double[] point) {
    double squares = 0;
    double usual = 0;
    for (int i = principal; i < order.length; i++) {
      double along = along(order[i], point);
      squares += along * along;
      usual += variances[order[i]];
    }
    return squares / usual;
  }

  private double along(int axis, double[] point) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      sum += axes[i][axis] * point[i];
    }
    return sum;
  }

  /**
   * For each coordinate by how many deviations it differs from what the others say of it, by the
   * regression that the matrix implies: {@code (R⁻¹x)ᵢ / √(R⁻¹)ᵢᵢ}.
   */
  double[] residuals(double[] point) {
    int n = point.length;
    double[] weighted = new double[n];
    double[] precisions = new double[n];
    for (int axis = 0; axis < n; axis++) {
      double along = along(axis, point);
      for (int i = 0; i < n; i++) {
        double share = axes[i][axis] / variances[axis];
        weighted[i] += share * along;
        precisions[i] += share * axes[i][axis];
      }
    }
    for (int i = 0; i < n; i++) {
      weighted[i] /= Math.sqrt(precisions[i]);
    }
    return weighted;
  }
}
