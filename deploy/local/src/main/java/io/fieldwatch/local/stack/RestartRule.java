package io.fieldwatch.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many restarts within a sliding time. One object guards one component; not safe for
 * several threads.
 */
final class RestartRule {
  private final int most;
  private final Duration within;
  private final Deque<Instant> restarts = new ArrayDeque<>();

  RestartRule(int most, Duration within) {
    this.most = most;
    this.within = within;
  }

  /** Whether a restart is allowed now; if so, it counts. */
  boolean allowsRestartAt(Instant now) {
    while (!restarts.isEmpty() && !restarts.peekFirst().isAfter(now.minus(within))) {
      restarts.removeFirst();
    }
    if (restarts.size() >= most) {
      return false;
    }
    restarts.addLast(now);
    return true;
  }
}
