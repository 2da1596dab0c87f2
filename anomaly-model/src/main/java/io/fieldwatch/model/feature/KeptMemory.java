package io.fieldwatch.model.feature;

/** What a {@link SeriesState} remembers: at hand, or packed until its next window. */
sealed interface KeptMemory permits Memory, PackedMemory {
  /** The same, at hand and the caller's own. */
  Memory copy();

  /** The same, packed. */
  PackedMemory packed();
}
