package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.Optional;

/** Tumbling windows of one length, as {@link OpenWindow} cuts them off. */
final class LengthWindows implements WindowCutter {
  private final OpenWindow open;

  LengthWindows(long lengthMillis) {
    this.open = new OpenWindow(lengthMillis, 1);
  }

  @Override
  public Optional<Cut<WindowSummary>> next(int row, long timeMillis, double value) {
    Optional<Cut<WindowSummary>> complete =
        open.isCompleteAt(timeMillis)
            ? Optional.of(open.cut(windows -> windows.get(0).get(0)))
            : Optional.empty();
    open.add(row, timeMillis, 0, value);
    return complete;
  }
}
