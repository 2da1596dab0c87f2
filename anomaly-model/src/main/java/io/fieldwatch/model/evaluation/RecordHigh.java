package io.fieldwatch.model.evaluation;

import java.util.Arrays;

/**
 * One alarm an event: a score stands only if it is higher than all within a number of rows before
 * it. What lasts raises no second alarm unless it gets worse.
 */
public final class RecordHigh {
  private RecordHigh() {}

  /**
   * Keeps the scores that are higher than each of the {@code quietRows} before them; the others
   * become {@link Double#NEGATIVE_INFINITY}.
   */
  public static double[] of(double[] scores, int quietRows) {
    if (quietRows < 1) {
      throw new IllegalArgumentException("Invalid quiet rows " + quietRows + ": must be above 0");
    }
    double[] kept = new double[scores.length];
    Arrays.fill(kept, Double.NEGATIVE_INFINITY);
    // Rows of falling scores, the highest first: whatever is below a later one is never a maximum.
    int[] falling = new int[scores.length];
    int first = 0;
    int end = 0;
    for (int row = 0; row < scores.length; row++) {
      while (first < end && falling[first] < row - quietRows) {
        first++;
      }
      if (first == end || scores[row] > scores[falling[first]]) {
        kept[row] = scores[row];
      }
      while (first < end && scores[falling[end - 1]] <= scores[row]) {
        end--;
      }
      falling[end++] = row;
    }
    return kept;
  }
}
