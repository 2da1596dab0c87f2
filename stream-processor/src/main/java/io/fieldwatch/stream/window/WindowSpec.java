package io.fieldwatch.stream.window;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * A kind of window: how long it is, and how far apart two of them begin. Windows are half-open,
 * {@code [start, start + length)}, and their starts are multiples of the slide since the Unix
 * epoch. Where slide and length are the same the windows are tumbling, and an instant lies in one
 * of them; else it lies in {@code length / slide} of them.
 *
 * @param name as people write it and as the {@code window} tag says it: {@code 10s}, {@code 1m}, or
 *     {@code 5m/1m} for five minutes that begin every minute
 * @param lengthMillis a multiple of the slide
 */
public record WindowSpec(String name, long lengthMillis, long slideMillis) implements Serializable {
  public WindowSpec {
    requireNonNull(name, "name is null");
    if (lengthMillis < 1 || slideMillis < 1) {
      throw new IllegalArgumentException(
          "Invalid window %s: length %d ms, slide %d ms; both must be 1 or more"
              .formatted(name, lengthMillis, slideMillis));
    }
    if (lengthMillis % slideMillis != 0) {
      throw new IllegalArgumentException(
          "Invalid window %s: its length must be a multiple of its slide".formatted(name));
    }
  }

  /** Windows that follow each other. */
  public static WindowSpec tumbling(Duration length) {
    return new WindowSpec(shortest(length.toMillis()), length.toMillis(), length.toMillis());
  }

  /** Windows of a length that begin every {@code slide}. */
  public static WindowSpec sliding(Duration length, Duration slide) {
    if (length.equals(slide)) {
      return tumbling(length);
    }
    return new WindowSpec(
        shortest(length.toMillis()) + "/" + shortest(slide.toMillis()),
        length.toMillis(),
        slide.toMillis());
  }

  public boolean isTumbling() {
    return lengthMillis == slideMillis;
  }

  /** The latest start of a window that holds an instant; others begin one slide earlier each. */
  public long lastStartOf(long timeMillis) {
    return Math.floorDiv(timeMillis, slideMillis) * slideMillis;
  }

  @Override
  public String toString() {
    return name;
  }

  /** The duration in its largest whole unit: 60 s is {@code 1m}. */
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
