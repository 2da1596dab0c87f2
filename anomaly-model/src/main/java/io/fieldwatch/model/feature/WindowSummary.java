package io.fieldwatch.model.feature;

/**
 * What a final window says.
 *
 * @param startMillis the window's first instant, milliseconds since the Unix epoch
 * @param lengthMillis the window is {@code [startMillis, startMillis + lengthMillis)}
 * @param count readings in the window, at least 1
 * @param mean of the readings' values; finite, as are the others
 * @param min the least value
 * @param max the greatest value
 * @param stddev sample deviation ({@code count - 1}), 0 or more; 0 for a single reading
 * @param first value of the earliest reading
 * @param last value of the latest reading
 */
public record WindowSummary(
    long startMillis,
    long lengthMillis,
    long count,
    double mean,
    double min,
    double max,
    double stddev,
    double first,
    double last) {
  public WindowSummary {
    if (lengthMillis < 1) {
      throw new IllegalArgumentException(
          "Invalid window: length " + lengthMillis + " ms, must be 1 or more");
    }
    if (count < 1) {
      throw new IllegalArgumentException("Invalid window: count " + count + ", must be 1 or more");
    }
    requireFinite(mean, "mean");
    requireFinite(min, "min");
    requireFinite(max, "max");
    requireFinite(stddev, "stddev");
    requireFinite(first, "first");
    requireFinite(last, "last");
    if (min > max) {
      throw new IllegalArgumentException("Invalid window: min " + min + " above max " + max);
    }
    if (stddev < 0) {
      throw new IllegalArgumentException("Invalid window: stddev " + stddev + " below 0");
    }
  }

  private static void requireFinite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Invalid window: %s is %s, not a finite number".formatted(what, value));
    }
  }
}
