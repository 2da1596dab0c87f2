package io.fieldwatch.agent.mqtt;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; rings that nobody waits for are remembered, as one. */
final class Signal {
  private boolean rung;

  /** Never blocks. */
  synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** Returns at the first ring since the last return, or after the timeout. */
  synchronized void await(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    long left = timeout.toNanos();
    while (!rung && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    rung = false;
  }
}
