package io.fieldwatch.model.fault;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A fault in a series: the truth that a model is measured by.
 *
 * @param magnitude in robust deviations of the series; 0 for kinds without
 * @param startMillis the first instant that is wrong
 * @param endMillis the first instant after it that is right again
 */
public record Fault(FaultKind kind, double magnitude, long startMillis, long endMillis)
    implements Serializable {
  public Fault {
    requireNonNull(kind, "kind is null");
    if (endMillis <= startMillis) {
      throw new IllegalArgumentException(
          "Invalid fault: end %d is not after start %d".formatted(endMillis, startMillis));
    }
  }
}
