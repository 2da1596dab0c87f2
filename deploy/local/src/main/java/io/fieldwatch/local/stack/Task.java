package io.fieldwatch.local.stack;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A piece of blocking work on another thread. */
final class Task {
  /** Work that may fail as components do. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  private final FutureTask<Void> future;

  private Task(FutureTask<Void> future) {
    this.future = future;
  }

  static Task run(Executor threads, Work work) {
    FutureTask<Void> future =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    threads.execute(future);
    return new Task(future);
  }

  /** Waits for its end and throws what it threw. */
  void await() throws IOException, InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    }
  }

  /** As {@link #await()}; an interrupt is kept for the caller and does not end the wait. */
  void awaitThroughInterrupts() throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
          if (future.isDone()) {
            return;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void rethrow(@Nullable Throwable cause) throws IOException, InterruptedException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException("interrupted while it waited");
    }
    throw new IllegalStateException(cause);
  }

  /** Waits for all, also after one has failed; throws the first failure. */
  static void awaitAll(List<Task> tasks) throws IOException, InterruptedException {
    IOException first = null;
    for (Task task : tasks) {
      try {
        task.await();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
