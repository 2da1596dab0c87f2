package io.fieldwatch.stream.window;

import java.util.Arrays;

/** Windows of one level, ascending by start, in arrays that are copied to be changed. */
final class Rows {
  private Rows() {}

  /** Where a start is, or would be, as {@link Arrays#binarySearch(long[], long)} tells it. */
  static int indexOf(Window[] row, long start) {
    int low = 0;
    int high = row.length - 1;
    // Time goes on: most of what is looked for lies behind the last window.
    if (high < 0 || row[high].startMillis() < start) {
      return -(row.length + 1);
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(row[middle].startMillis(), start);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  /** A row with one window more, whose start it does not have yet. */
  static Window[] with(Window[] row, Window window) {
    int at = -(indexOf(row, window.startMillis()) + 1);
    Window[] grown = Arrays.copyOf(row, row.length + 1);
    System.arraycopy(row, at, grown, at + 1, row.length - at);
    grown[at] = window;
    return grown;
  }

  /** Those of a row that start after a time. */
  static Window[] after(Window[] row, long startMillis) {
    int first = 0;
    while (first < row.length && row[first].startMillis() <= startMillis) {
      first++;
    }
    return first == 0 ? row : Arrays.copyOfRange(row, first, row.length);
  }

  /** All of a row, packed. */
  static Window[] packed(Window[] row) {
    Window[] packed = new Window[row.length];
    Arrays.setAll(packed, i -> row[i].packed());
    return packed;
  }
}
