package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.Optional;

/** Makes windows of the readings of one series, in the order of its file. Not thread safe. */
interface WindowCutter {
  /**
   * Takes the next reading; returns the window that is complete with it, if one is.
   *
   * @param row that holds the reading, greater than those before
   */
  Optional<Cut<WindowSummary>> next(int row, long timeMillis, double value);

  /**
   * A window that is complete.
   *
   * @param firstRow of its readings
   * @param lastRow of its readings
   */
  record Cut<W>(W window, int firstRow, int lastRow) {}
}
