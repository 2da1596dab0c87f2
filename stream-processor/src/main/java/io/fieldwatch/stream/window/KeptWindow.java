package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireWriter;

/** A window in a row of windows: at hand, or put away until a late reading asks for it. */
sealed interface KeptWindow permits Window, FrozenWindow {
  long startMillis();

  /** The window, at hand, for the owner to change; the same object if the owner has it already. */
  Window ownedBy(Object owner);

  /** The window, put away. */
  FrozenWindow frozen();

  /** Writes what {@link Window#read} reads. */
  void write(WireWriter out, int level);
}
