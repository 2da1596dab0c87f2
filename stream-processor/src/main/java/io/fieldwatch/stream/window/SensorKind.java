package io.fieldwatch.stream.window;

/**
 * What a sensor's numbers mean, and so what is worth knowing of them besides their distribution.
 */
public enum SensorKind {
  /** A value that goes up and down. */
  GAUGE,
  /**
   * A running total that only grows, and starts again from 0 when its source does. A value below
   * the one before it is such a reset, and counts in full.
   */
  COUNTER,
  /** 0 or 1. */
  BOOLEAN
}
