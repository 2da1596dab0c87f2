package io.fieldwatch.stream.window;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * A tumbling window's length. Windows are half-open, {@code [start, start + length)}, and aligned
 * to the Unix epoch.
 *
 * @param name as people write it and as the {@code window} tag says it: {@code 10s}, {@code 1m}
 */
public record WindowLength(String name, long millis) implements Serializable {
  public WindowLength {
    requireNonNull(name, "name is null");
    if (millis < 1) {
      throw new IllegalArgumentException("Invalid window length " + millis + " ms");
    }
  }

  /** The length in its largest whole unit: 60 s is {@code 1m}. */
  public static WindowLength of(Duration length) {
    long millis = length.toMillis();
    return new WindowLength(shortest(millis), millis);
  }

  /** The start of the window that holds an instant. */
  public long startOf(long timeMillis) {
    return Math.floorDiv(timeMillis, millis) * millis;
  }

  private static String shortest(long millis) {
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
