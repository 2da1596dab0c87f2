package io.fieldwatch.agent.source;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works until it is done or told to stop. It is never interrupted: an interrupt would
 * close the files it writes.
 */
public final class Background implements AutoCloseable {
  private final Object lock = new Object();
  private boolean stopping;
  private @Nullable Thread thread;

  /** Begins the work on a new thread. Called once. */
  public void start(String name, Runnable work) {
    Thread worker = new Thread(work, name);
    thread = worker;
    worker.start();
  }

  /** Whether to go on. */
  public boolean isRunning() {
    synchronized (lock) {
      return !stopping;
    }
  }

  /** Waits; false if it is time to stop. */
  public boolean pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    synchronized (lock) {
      long left = length.toNanos();
      while (!stopping && left > 0) {
        try {
          lock.wait(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
          stopping = true;
        }
        left = end - System.nanoTime();
      }
      return !stopping;
    }
  }

  /** Waits until an instant; false if it is time to stop. */
  public boolean pauseUntil(long timeMillis, InstantSource clock) {
    return pause(Duration.ofMillis(Math.max(0, timeMillis - clock.millis())));
  }

  /** Waits until there is room; false if it is time to stop. */
  public boolean awaitRoom(PackWriter writer) {
    boolean running = isRunning();
    while (running && !writer.hasRoom()) {
      running = pause(Duration.ofMillis(50));
    }
    return running;
  }

  /** Tells the work to stop and waits for its end. */
  @Override
  public void close() {
    synchronized (lock) {
      stopping = true;
      lock.notifyAll();
    }
    Thread worker = thread;
    boolean interrupted = false;
    while (worker != null && worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
