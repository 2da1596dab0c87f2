package io.fieldwatch.stream.window;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Windows of all levels in arrays that are copied to grow or shrink: the longest first, as time
 * goes on, so that what is looked for most stands at the end.
 */
final class Rows {
  static final Window[] NONE = {};

  private Rows() {}

  /**
   * Where a window is, or would be, as {@link Arrays#binarySearch(long[], long)} tells it: most of
   * what is looked for is the last one, or lies behind it.
   */
  static int indexOf(Window[] row, int level, long start) {
    int low = 0;
    int high = row.length - 1;
    int place = high;
    while (low <= high) {
      int order = order(row[place], level, start);
      if (order == 0) {
        return place;
      }
      if (order < 0) {
        low = place + 1;
      } else {
        high = place - 1;
      }
      place = (low + high) >>> 1;
    }
    return -(low + 1);
  }

  private static int order(Window window, int level, long start) {
    return window.level() == level
        ? Long.compare(window.startMillis(), start)
        : level - window.level();
  }

  /** A row with one window more, which it does not have yet. */
  static Window[] with(Window[] row, Window window) {
    int at = -(indexOf(row, window.level(), window.startMillis()) + 1);
    Window[] grown = Arrays.copyOf(row, row.length + 1);
    System.arraycopy(row, at, grown, at + 1, row.length - at);
    grown[at] = window;
    return grown;
  }

  /** Those of a row of which something holds; the row itself if it holds of all. */
  static Window[] only(Window[] row, Predicate<Window> wanted) {
    int count = 0;
    for (Window window : row) {
      count += wanted.test(window) ? 1 : 0;
    }
    if (count == row.length) {
      return row;
    }
    Window[] some = new Window[count];
    int next = 0;
    for (Window window : row) {
      if (wanted.test(window)) {
        some[next++] = window;
      }
    }
    return some;
  }
}
