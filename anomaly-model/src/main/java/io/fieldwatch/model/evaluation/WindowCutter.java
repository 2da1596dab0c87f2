package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.Optional;

/** Makes windows of the readings of one series, in the order of its file. Not thread safe. */
interface WindowCutter {
  /** Takes the next reading; returns the window that is complete with it, if one is. */
  Optional<WindowSummary> next(long timeMillis, double value);
}
