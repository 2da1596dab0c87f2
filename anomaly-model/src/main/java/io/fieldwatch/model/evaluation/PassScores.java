package io.fieldwatch.model.evaluation;

import java.util.Arrays;

/**
 * What one sensor's windows make of a table's rows: a row in which the sensor has a reading has the
 * probability of the latest window that was complete when the row came.
 */
final class SensorScores {
  private static final double NO_WINDOW = -1;

  private final double[] values;
  private final double[] completed;

  /**
   * @param values the sensor's, one a row, NaN where it gave nothing
   */
  SensorScores(double[] values) {
    this.values = values;
    this.completed = new double[values.length];
    Arrays.fill(completed, NO_WINDOW);
  }

  /** Takes the probability of the window that was complete with the row. */
  void complete(int row, double probability) {
    completed[row] = probability;
  }

  /** Is told what has raised a row. */
  @FunctionalInterface
  interface Raised {
    /** Takes a row, and the row that completed the window which raised it. */
    void by(int row, int completing);
  }

  /** Raises the rows' probabilities to those of this sensor where these are greater. */
  void raise(double[] probabilities, Raised raised) {
    int latest = -1;
    for (int row = 0; row < values.length; row++) {
      latest = completed[row] == NO_WINDOW ? latest : row;
      if (latest >= 0 && !Double.isNaN(values[row]) && completed[latest] > probabilities[row]) {
        probabilities[row] = completed[latest];
        raised.by(row, latest);
      }
    }
  }
}
