package io.fieldwatch.reading;

/** What a reading's value says, and with it what can be computed of many of them. */
public enum ValueKind {
  /** A measured number, a gauge: SenML's {@code v}. */
  NUMBER,
  /** True or false, as 1 or 0: SenML's {@code vb}. */
  BOOLEAN,
  /** A running total that only grows until its sensor restarts, a counter: SenML's {@code s}. */
  SUM
}
