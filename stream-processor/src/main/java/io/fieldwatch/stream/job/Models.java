package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.model.store.ModelStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that the job scores with: the one that is current in the store, and by their names
 * those that scored what is read again. A thread of its own asks the store what is current, so no
 * batch waits for it. What cannot be honoured is refused with its reason in the log, and the job
 * keeps the model it has.
 *
 * <p>Thread safe.
 */
final class Models implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Models.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final ModelStore store;
  private final Map<String, Model> known = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "model-watch");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Model current;

  /** What was refused last; it is said once. */
  private String refused = "";

  private Models(ModelStore store, Model bundled) {
    this.store = store;
    this.current = bundled;
    known.put(bundled.version(), bundled);
  }

  /**
   * Begins with the current model of the store; where there is none that can be honoured with the
   * one that scored last, else with the bundled one. Blocks for the store.
   *
   * @param newest the version that scored last
   */
  static Models open(ModelStore store, Model bundled, Optional<String> newest) throws IOException {
    Models models = new Models(store, bundled);
    try {
      models.takePromoted();
    } catch (ModelStoreException e) {
      newest.ifPresent(version -> models.current = models.version(version));
      models.refuse(String.valueOf(e.getMessage()));
    }
    return models;
  }

  /** Looks for another current model from now on, every some seconds. */
  void watch() {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::refresh, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What new records are scored with. Does not block. */
  Model current() {
    return current;
  }

  /**
   * A model by its name. Where it cannot be had any more, the current one, and the log says so.
   * Blocks for the store when it is asked for the first time.
   */
  Model version(String version) {
    Model found = known.get(version);
    if (found != null) {
      return found;
    }
    try {
      Model read = store.read(version).model();
      known.put(version, read);
      return read;
    } catch (IOException e) {
      log.warn(
          "Cannot score with the model that scored first, taking model={}: reason={}",
          current.version(),
          e.getMessage());
      return current;
    }
  }

  /** Asks the store once what is current. */
  synchronized void refresh() {
    try {
      takePromoted();
    } catch (ModelStoreException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      log.debug("Cannot ask which model is current, asking again", e);
    }
  }

  private void takePromoted() throws IOException {
    Optional<String> promoted = store.current();
    if (promoted.isPresent() && !promoted.get().equals(current.version())) {
      Model next = store.read(promoted.get()).model();
      known.put(next.version(), next);
      log.info("Scoring with another model: model={} before={}", next.version(), current.version());
      current = next;
    }
    refused = "";
  }

  private void refuse(String reason) {
    if (!reason.equals(refused)) {
      log.error(
          "Cannot score with the model that was promoted, keeping model={}: reason={}",
          current.version(),
          reason);
    }
    refused = reason;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
