package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.Fault;
import java.io.Serializable;

/**
 * Whether a fault was found.
 *
 * @param delayWindows windows before the first flagged one; -1 if none was
 */
record Outcome(Fault fault, int delayWindows) implements Serializable {
  boolean found() {
    return delayWindows >= 0;
  }
}
