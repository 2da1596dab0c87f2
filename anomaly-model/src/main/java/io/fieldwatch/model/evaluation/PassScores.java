package io.fieldwatch.model.evaluation;

import java.util.Arrays;

/**
 * What the windows of one pass through a table make of its rows: a row in which the sensor has a
 * reading, or any sensor in the pass of a device, has the probability of the latest window that was
 * complete when the row came.
 */
final class PassScores {
  private static final double NO_WINDOW = -1;

  private final Pass pass;
  private final double[] completed;

  /**
   * @param rows of the table
   */
  PassScores(Pass pass, int rows) {
    this.pass = pass;
    this.completed = new double[rows];
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

  /** Raises the rows' probabilities to those of this pass where these are greater. */
  void raise(double[] probabilities, Raised raised) {
    int latest = -1;
    for (int row = 0; row < completed.length; row++) {
      latest = completed[row] == NO_WINDOW ? latest : row;
      if (latest >= 0 && pass.hasReading(row) && completed[latest] > probabilities[row]) {
        probabilities[row] = completed[latest];
        raised.by(row, latest);
      }
    }
  }
}
