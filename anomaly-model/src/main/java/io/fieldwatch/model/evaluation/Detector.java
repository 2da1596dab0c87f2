package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.recording.Table;

/**
 * Gives each row of a device's table a score: the higher, the more anomalous. A row's score follows
 * from the row and those above it, never from what comes later.
 *
 * <p>Called for one table at a time by several threads at once.
 */
@FunctionalInterface
public interface Detector {
  /**
   * One score a row, of any range, never NaN; {@link Double#NEGATIVE_INFINITY} for a row that must
   * raise no alarm at any threshold.
   */
  double[] scores(Table table);
}
