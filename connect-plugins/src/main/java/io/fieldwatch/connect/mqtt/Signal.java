package io.fieldwatch.connect.mqtt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one thread. Raising it is cheap when it is raised already: it happens once for every record
 * that Kafka takes, on the producer's thread.
 */
final class Signal {
  private final AtomicBoolean raised = new AtomicBoolean();
  private volatile @Nullable Thread waiter;

  /** Lets the waiter go on, now or when it waits next. Any thread; never blocks. */
  void raise() {
    if (!raised.get() && raised.compareAndSet(false, true)) {
      LockSupport.unpark(waiter);
    }
  }

  /**
   * Waits until the signal is raised, the thread is interrupted or the time is over, and lowers the
   * signal. Called by one thread only, which then looks for itself what there is to do.
   */
  void await(Duration atMost) {
    waiter = Thread.currentThread();
    if (!raised.get()) {
      LockSupport.parkNanos(this, atMost.toNanos());
    }
    raised.set(false);
  }
}
