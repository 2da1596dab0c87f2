package io.fieldwatch.local.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Starts each component as soon as those it needs are ready. For one caller's thread. */
final class StartOrder {
  private final Executor threads;
  private final Map<Component, CompletableFuture<Void>> starts = new LinkedHashMap<>();

  /** Completes with the first failure, or when all are ready. */
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  StartOrder(Executor threads) {
    this.threads = threads;
  }

  void start(Component component, List<Component> needed) {
    List<CompletableFuture<Void>> before = new ArrayList<>();
    for (Component need : needed) {
      CompletableFuture<Void> start = starts.get(need);
      if (start == null) {
        throw new IllegalArgumentException(component + " needs " + need + ", which starts later");
      }
      before.add(start);
    }
    CompletableFuture<Void> start =
        CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
            .thenRunAsync(() -> startNow(component), threads);
    starts.put(component, start);
  }

  private void startNow(Component component) {
    if (outcome.isDone()) {
      // Another one failed; what starts now would only be stopped.
      throw new CompletionException(new IOException("Not started: " + component));
    }
    try {
      component.start();
    } catch (IOException | InterruptedException | RuntimeException e) {
      outcome.completeExceptionally(e);
      throw new CompletionException(e);
    }
  }

  /** Waits until all are ready, or one has failed. */
  void await() throws IOException, InterruptedException {
    var unused =
        CompletableFuture.allOf(starts.values().toArray(CompletableFuture[]::new))
            .thenRun(() -> outcome.complete(null));
    try {
      outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      // After an interrupt, too, nothing more is to start.
      outcome.cancel(false);
    }
  }
}
