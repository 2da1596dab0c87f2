package io.fieldwatch.agent.simulator;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with one sensor for a while: {@code [fromSlot, toSlot)}.
 *
 * @param magnitude its meaning depends on the kind
 */
record Fault(FaultKind kind, long fromSlot, long toSlot, double magnitude) {
  Fault {
    requireNonNull(kind, "kind is null");
    if (toSlot <= fromSlot) {
      throw new IllegalArgumentException("Invalid fault: ends before it begins");
    }
  }

  boolean covers(long slot) {
    return slot >= fromSlot && slot < toSlot;
  }

  /** How far it has come, in (0, 1]. */
  double share(long slot) {
    return (double) (slot - fromSlot + 1) / (toSlot - fromSlot);
  }
}
