package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.WindowSummary;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes a window of each reading of a series whose rows are what is judged. A window is as long as
 * the usual interval between rows so far, so that a gap is seen; the first {@value #LEARNT}
 * intervals settle it.
 */
final class RowWindows implements WindowCutter {
  private static final int LEARNT = 101;
  private static final long FIRST_LENGTH_MILLIS = 1000;

  private final long[] intervals = new long[LEARNT];
  private int known;
  private boolean begun;
  private long lastMillis;

  @Override
  public Optional<Cut<WindowSummary>> next(int row, long timeMillis, double value) {
    if (begun && timeMillis > lastMillis && known < LEARNT) {
      learn(timeMillis - lastMillis);
    }
    begun = true;
    lastMillis = timeMillis;
    WindowSummary window =
        new WindowSummary(timeMillis, length(), 1, value, value, value, 0, value, value);
    return Optional.of(new Cut<>(window, row, row));
  }

  private long length() {
    return known == 0 ? FIRST_LENGTH_MILLIS : intervals[known / 2];
  }

  /** Keeps the intervals sorted. */
  private void learn(long interval) {
    // Times at both ends of a long differ by more than one.
    long positive = interval > 0 ? interval : Long.MAX_VALUE;
    int found = Arrays.binarySearch(intervals, 0, known, positive);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(intervals, at, intervals, at + 1, known - at);
    intervals[at] = positive;
    known++;
  }
}
