package io.fieldwatch.model.recording;

import java.io.Serializable;

/** A stretch of time, half open; empty where it ends before it begins. */
public record Period(long fromMillis, long toMillis) implements Serializable {
  /** No time at all. */
  public static final Period NEVER = new Period(0, 0);

  /** All times. */
  public static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Whether the instant lies in it. */
  public boolean contains(long timeMillis) {
    return timeMillis >= fromMillis && timeMillis < toMillis;
  }

  /** Whether some instant lies in both. */
  public boolean meets(Period other) {
    return fromMillis < other.toMillis && other.fromMillis < toMillis;
  }
}
