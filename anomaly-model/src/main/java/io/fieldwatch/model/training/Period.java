package io.fieldwatch.model.training;

/** A stretch of time, half open. */
record Period(long fromMillis, long toMillis) {
  static final Period NEVER = new Period(0, 0);
  static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);

  boolean contains(long timeMillis) {
    return timeMillis >= fromMillis && timeMillis < toMillis;
  }
}
