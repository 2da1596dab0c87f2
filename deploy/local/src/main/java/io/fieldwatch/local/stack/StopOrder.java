package io.fieldwatch.local.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Stops components one group after the other, also after some of them could not be stopped: what
 * would be left running has nobody to stop it later. For one caller's thread.
 */
final class StopOrder {
  private final Executor threads;
  private final List<IOException> failures = new ArrayList<>();

  StopOrder(Executor threads) {
    this.threads = threads;
  }

  /** Retires components at the same time and waits until each is gone or has failed to go. */
  void retire(List<Component> group) throws InterruptedException {
    List<Task> stops = new ArrayList<>();
    for (Component component : group) {
      stops.add(Task.run(threads, component::retire));
    }
    for (Task stop : stops) {
      attempt(stop::await);
    }
  }

  /** Does something that may fail without keeping the rest from being stopped. */
  void attempt(Task.Work work) throws InterruptedException {
    try {
      work.run();
    } catch (IOException e) {
      failures.add(e);
    } catch (RuntimeException e) {
      failures.add(new IOException("Cannot stop all: " + e.getMessage(), e));
    }
  }

  /** Throws the first failure, with the others suppressed in it; nothing if there was none. */
  void throwFirst() throws IOException {
    if (!failures.isEmpty()) {
      IOException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
