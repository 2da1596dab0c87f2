package io.fieldwatch.model.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the rows of a file are scored, and their times then. Both are as they stand in
 * the file, unless that cannot be the order in which they were recorded:
 *
 * <ul>
 *   <li>if most steps go back, or three and more than one in ten, rows are taken by time; those of
 *       equal times stay as they are, or turn round where most steps go back;
 *   <li>if most steps then are no step, the times are too coarse. Rows of one time are set apart by
 *       the usual step between times, shared evenly among the rows that usually share a time; or by
 *       a second each if that would be less than a millisecond.
 * </ul>
 *
 * <p>Taking rows by time is no look-ahead: it is the order in which they came to be, and a row is
 * still scored by earlier ones alone.
 */
final class RowOrder {
  private static final int STEPS_IN_ORDER = 10;
  private static final int SELDOM_BACK = 2;
  private static final long NUMBERED_MILLIS = 1000;

  private final int[] rows;
  private final long[] timesMillis;
  private final List<String> notes = new ArrayList<>();

  /**
   * Decides.
   *
   * @param fileMillis the rows' times as the file has them
   */
  RowOrder(long[] fileMillis) {
    Steps steps = Steps.of(fileMillis);
    rows =
        steps.areInOrder()
            ? IntStream.range(0, fileMillis.length).toArray()
            : byTime(fileMillis, steps);
    long[] ordered = Arrays.stream(rows).mapToLong(row -> fileMillis[row]).toArray();
    note(steps);
    Steps left = Steps.of(ordered);
    double millis = millisApart(ordered, left);
    if (!left.areMostlyNone()) {
      timesMillis = ordered;
    } else if (millis < 1) {
      timesMillis = numbered(ordered);
      notes.add("most rows have the time of the row above: rows are numbered, a second each");
    } else {
      timesMillis = apart(ordered, (long) millis);
      notes.add("most rows have the time of the row above: they are set apart evenly");
    }
  }

  private void note(Steps steps) {
    if (!steps.areInOrder()) {
      notes.add(
          steps.areMostlyBack()
              ? "rows stand newest first: they are scored from the oldest on"
              : "rows stand in no order of time: they are scored by time");
    }
  }

  /** How neighbouring times differ. */
  private record Steps(int all, int back, int none) {
    static Steps of(long[] times) {
      int back = 0;
      int none = 0;
      for (int i = 1; i < times.length; i++) {
        back += times[i] < times[i - 1] ? 1 : 0;
        none += times[i] == times[i - 1] ? 1 : 0;
      }
      return new Steps(Math.max(0, times.length - 1), back, none);
    }

    boolean areInOrder() {
      boolean isSeldomBack = back <= SELDOM_BACK || STEPS_IN_ORDER * (long) back <= all;
      return isSeldomBack && !areMostlyBack();
    }

    boolean areMostlyBack() {
      return 2L * back > all - none;
    }

    boolean areMostlyNone() {
      return 2L * none > all;
    }
  }

  private static int[] byTime(long[] times, Steps steps) {
    int last = times.length - 1;
    return IntStream.rangeClosed(0, last)
        .map(row -> steps.areMostlyBack() ? last - row : row)
        .boxed()
        .sorted(Comparator.comparingLong(row -> times[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static long[] numbered(long[] times) {
    return IntStream.range(0, times.length)
        .mapToLong(i -> times[0] + i * NUMBERED_MILLIS)
        .toArray();
  }

  private static long[] apart(long[] times, long millis) {
    long[] apart = times.clone();
    for (int i = 1; i < apart.length; i++) {
      if (times[i] == times[i - 1]) {
        apart[i] = apart[i - 1] + millis;
      } else if (times[i] > times[i - 1]) {
        // More rows than usual at the time before may have reached this one.
        apart[i] = Math.max(times[i], apart[i - 1] + 1);
      }
    }
    return apart;
  }

  /** 0 if there is but one time. */
  private static double millisApart(long[] times, Steps steps) {
    long[] forward =
        IntStream.range(1, times.length)
            .mapToLong(i -> times[i] - times[i - 1])
            .filter(step -> step > 0)
            .sorted()
            .toArray();
    double sharing = times.length / (double) (times.length - steps.none());
    return forward.length == 0 ? 0 : forward[forward.length / 2] / sharing;
  }

  /** For each row in order of scoring, which of the file's rows it is. */
  int[] rows() {
    return rows;
  }

  /** The rows' times in order of scoring. */
  long[] timesMillis() {
    return timesMillis;
  }

  /** What people should know of it. */
  List<String> notes() {
    return notes;
  }
}
