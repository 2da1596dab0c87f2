package io.fieldwatch.model.feature;

/** What a {@link JointState} remembers: at hand, or packed until its next instant. */
sealed interface KeptJointMemory permits JointMemory, PackedJointMemory {
  /** The same, at hand and the caller's own. */
  JointMemory copy();

  /** The same, packed. */
  PackedJointMemory packed();
}
