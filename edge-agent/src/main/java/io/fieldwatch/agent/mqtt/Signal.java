package io.fieldwatch.agent.mqtt;

import java.time.Duration;

/** Wakes one waiting thread; rings that nobody waits for are remembered, as one. */
final class Signal {
  private boolean rung;

  /** Never blocks. */
  synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** Returns at the first ring since the last return, or after the timeout, or sooner. */
  synchronized void await(Duration timeout) throws InterruptedException {
    // Object.wait may return without reason; callers look again anyway.
    if (!rung && timeout.toMillis() > 0) {
      wait(timeout.toMillis());
    }
    rung = false;
  }
}
