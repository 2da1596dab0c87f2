package io.fieldwatch.local.stack;

import java.time.Duration;

/** Hears what happens to components. Called on the stack's threads, several at a time; be quick. */
public interface StackListener {
  /** Hears nothing. */
  StackListener NONE = new StackListener() {};

  /** A start began. */
  default void starting(Component component) {}

  /** It serves. */
  default void ready(Component component, Duration took) {}

  /** It is gone, as asked. */
  default void stopped(Component component) {}

  /**
   * It ended unasked; {@link Component#exitCode()} and {@link Component#logTail(int)} tell more.
   */
  default void died(Component component) {}

  /** It is not restarted any more: it died too often, or did not come up. */
  default void gaveUp(Component component, String reason) {}
}
