package io.fieldwatch.stream.device;

/** Which windows are compared with their series' past. */
public enum Scoring {
  /** The shortest tumbling ones. */
  SHORTEST,
  /** None, which costs nothing: for those who only want aggregates. */
  NONE
}
