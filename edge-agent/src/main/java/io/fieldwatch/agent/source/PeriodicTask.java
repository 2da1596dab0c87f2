package io.fieldwatch.agent.source;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Work that is repeated at a fixed rate until it is closed. A failure is logged and does not end
 * it.
 */
public final class PeriodicTask implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PeriodicTask.class.getName());

  private final String name;
  private final Work work;
  private final ScheduledFuture<?> schedule;
  private boolean closed;

  /** One round of the work. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private PeriodicTask(
      String name,
      ScheduledExecutorService scheduler,
      Duration delay,
      Duration interval,
      Work work) {
    this.name = requireNonNull(name, "name is null");
    this.work = requireNonNull(work, "work is null");
    this.schedule =
        scheduler.scheduleAtFixedRate(
            this::runOnce, delay.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Starts it. The name appears in the log when a round fails. */
  public static PeriodicTask start(
      String name,
      ScheduledExecutorService scheduler,
      Duration delay,
      Duration interval,
      Work work) {
    return new PeriodicTask(name, scheduler, delay, interval, work);
  }

  private synchronized void runOnce() {
    if (closed) {
      return;
    }
    try {
      work.run();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "A round failed: task=" + name, e);
    }
  }

  /** Waits for a round that is running; there is none after it. Never interrupts. */
  @Override
  public void close() {
    schedule.cancel(false);
    synchronized (this) {
      closed = true;
    }
  }
}
