package io.fieldwatch.local.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, SIGTERM and a closed terminal into an interrupt of the command's thread, and keeps
 * the JVM alive until the command has put everything in order.
 */
final class OrderlyEnd {
  private static final long BOUND_SECONDS = 180;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean requested;

  private OrderlyEnd() {}

  static OrderlyEnd ofThisThread() {
    OrderlyEnd end = new OrderlyEnd();
    Thread command = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.request(command), "orderly-end"));
    return end;
  }

  private void request(Thread command) {
    if (done.getCount() == 0) {
      return;
    }
    requested = true;
    command.interrupt();
    try {
      if (!done.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Cannot stop everything in time; the next up or down ends the rest.");
      }
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes an interrupt on that was not caused by a stop request. */
  void requireRequested(InterruptedException interrupt) throws InterruptedException {
    if (!requested) {
      throw interrupt;
    }
  }

  /** To be called last, in a finally block. */
  void done() {
    done.countDown();
  }
}
