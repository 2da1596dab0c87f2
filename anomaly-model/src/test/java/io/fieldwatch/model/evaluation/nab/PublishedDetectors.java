package io.fieldwatch.model.evaluation.nab;

import io.fieldwatch.model.evaluation.Detector;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Detectors whose scores the benchmark's authors publish and which are simple enough to be built
 * again from their description.
 */
final class PublishedDetectors {
  private PublishedDetectors() {}

  /** The authors' "null": every row alike. */
  static Detector constant() {
    return table -> {
      double[] scores = new double[table.rows()];
      Arrays.fill(scores, 0.5);
      return scores;
    };
  }

  /**
   * The authors' "relativeEntropy": the values, cut into 5 steps between the least and the greatest
   * of the whole file, are counted over 52 rows; 1 where these counts are like none that came
   * before, by a chi-squared test of 99 %.
   */
  static Detector relativeEntropy() {
    return table -> {
      int[] steps = steps(table.values(0), 5);
      double[] scores = new double[steps.length];
      List<double[]> known = new ArrayList<>();
      for (int row = 51; row < steps.length && steps[row] >= 0; row++) {
        double[] shares = new double[5];
        for (int i = row - 51; i <= row; i++) {
          shares[steps[i]] += 1 / 52.0;
        }
        // 13.2767 is the 99 % quantile of chi-squared with 4 degrees of freedom.
        if (known.stream().noneMatch(other -> 2 * 52 * divergence(shares, other) < 13.276704)) {
          scores[row] = known.isEmpty() ? 0 : 1;
          known.add(shares);
        }
      }
      return scores;
    };
  }

  /** Which of the steps each value is in; -1 where all values are equal. */
  private static int[] steps(double[] values, int count) {
    double least = Arrays.stream(values).min().orElseThrow();
    double step = (Arrays.stream(values).max().orElseThrow() - least) / count;
    int[] steps = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = (int) Math.ceil((values[i] - least) / step);
      steps[i] = step == 0 ? -1 : Math.min(count - 1, place);
    }
    return steps;
  }

  private static double divergence(double[] shares, double[] others) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] == 0 ? 0 : shares[i] * Math.log(shares[i] / others[i]);
    }
    return sum;
  }

  /**
   * The authors' "windowedGaussian": how small the tail of a normal distribution is beyond the
   * value. Mean and deviation are those of the rows so far, 6400 at most, 100 of them replaced at a
   * time. The authors wrote twelve digits to a file and judged what stood there.
   */
  static Detector windowedGaussian() {
    return table -> {
      double[] values = table.values(0);
      double[] scores = new double[values.length];
      int from = 0;
      int to = 0;
      double mean = 0;
      double deviation = 1;
      for (int row = 0; row < values.length; row++) {
        if (row > 0) {
          scores[row] =
              twelveDigits(1 - 0.5 * erfc(Math.abs(values[row] - mean) / deviation / Math.sqrt(2)));
        }
        boolean grows = to - from < 6400;
        if (grows || row + 1 - to == 100) {
          to = row + 1;
          from = grows ? 0 : from + 100;
          mean = mean(values, from, to);
          deviation = deviation(values, from, to, mean);
        }
      }
      return scores;
    };
  }

  private static double twelveDigits(double score) {
    return new BigDecimal(score).round(new MathContext(12)).doubleValue();
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  private static double deviation(double[] values, int from, int to, double mean) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = Math.sqrt(squares / (to - from));
    return deviation == 0 ? 1e-6 : deviation;
  }

  /** The complementary error function for x of 0 or more: its series, or its continued fraction. */
  private static double erfc(double x) {
    if (x < 2) {
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > 1e-17 * sum; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 1 - 2 / Math.sqrt(Math.PI) * sum;
    }
    double fraction = 0;
    for (int n = 200; n > 0; n--) {
      fraction = n / 2.0 / (x + fraction);
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }
}
