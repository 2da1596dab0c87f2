package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.AckLedger;
import io.fieldwatch.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a task's MQTT session alive, on a thread of its own: connects, subscribes, sends the
 * PUBACKs that the ledger allows, and begins again with growing waits when the connection is lost.
 * An absent broker is waited for without end; what only a person can mend ends the session with a
 * failure.
 */
final class MqttSession implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(MqttSession.class);

  /** A lost signal would cost this much time; none is known to be lost. */
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  /** A connection that lived this long was a good one; the next loss begins with a short wait. */
  private static final Duration GOOD = Duration.ofSeconds(10);

  /** So many short connections in a row are no accident. */
  private static final int SUSPICIOUS = 3;

  private final MqttSourceConfig config;
  private final String clientId;
  private final List<TopicFilter> filters;
  private final AckLedger ledger;
  private final Intake intake;
  private final MqttMetrics metrics;
  private final Signal signal;
  private final Backoff backoff;
  private final InstantSource clock;
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;
  private final CountDownLatch settled = new CountDownLatch(1);
  private boolean connectedBefore;
  private int shortLived;

  MqttSession(
      MqttSourceConfig config,
      String clientId,
      List<TopicFilter> filters,
      AckLedger ledger,
      Intake intake,
      MqttMetrics metrics,
      Signal signal,
      Backoff backoff,
      InstantSource clock) {
    this.config = config;
    this.clientId = clientId;
    this.filters = filters;
    this.ledger = ledger;
    this.intake = intake;
    this.metrics = metrics;
    this.signal = signal;
    this.backoff = backoff;
    this.clock = clock;
  }

  /** What ended the session for good; empty while it runs or waits. Any thread. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Waits until the session is subscribed for the first time, or has failed.
   *
   * @return whether it is so, or the time was over before
   */
  boolean awaitSettled(Duration atMost) throws InterruptedException {
    return settled.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks the session to end; the caller interrupts its thread as well. Any thread. */
  void stop() {
    stopping = true;
    signal.raise();
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        serveOneConnection();
        if (!stopping) {
          Thread.sleep(backoff.next().toMillis());
        }
      }
    } catch (InterruptedException e) {
      // Only stop() interrupts.
      log.debug("MQTT session interrupted, client={}", clientId);
    } catch (BrokerRefusedException | RuntimeException | Error e) {
      failure = e;
      settled.countDown();
    }
  }

  private void serveOneConnection() throws BrokerRefusedException, InterruptedException {
    int number = ledger.begin();
    try (MqttConnection connection =
        new MqttConnection(number, config, clientId, intake, metrics, signal)) {
      if (establish(connection, number)) {
        serveUntilLost(connection, number);
      }
      explainLoss(connection);
    } catch (MqttException e) {
      throw new IllegalStateException("Cannot create an MQTT client for " + config.uri(), e);
    } finally {
      metrics.disconnected();
      ledger.end(number);
    }
  }

  /** Connects and subscribes; answers whether that worked. */
  private boolean establish(MqttConnection connection, int number)
      throws BrokerRefusedException, InterruptedException {
    try {
      connectAndSubscribe(connection, number);
      return true;
    } catch (MqttException | TimeoutException | KafkaException e) {
      log.warn(
          "Cannot reach the MQTT broker, trying again, uri={} client={}: {}",
          config.uri(),
          clientId,
          describe(e));
      return false;
    }
  }

  private void connectAndSubscribe(MqttConnection connection, int number)
      throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
    boolean kept = connection.connect();
    if (kept) {
      ledger.openKept(number);
    } else {
      ledger.openNew(number);
    }
    connection.subscribe(filters);
    if (kept) {
      unsubscribeOthers(connection);
    }
    if (connectedBefore) {
      metrics.reconnecting();
    }
    connectedBefore = true;
    metrics.connected();
    settled.countDown();
    log.info(
        "Subscribed, uri={} client={} filters={} session={}",
        config.uri(),
        clientId,
        filters,
        kept ? "kept" : "new");
  }

  /** A kept session may hold filters that another task has now, after tasks.max was changed. */
  private void unsubscribeOthers(MqttConnection connection)
      throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
    List<TopicFilter> others =
        config.routes().filters().stream().filter(filter -> !filters.contains(filter)).toList();
    if (!others.isEmpty()) {
      connection.unsubscribe(others);
    }
  }

  private void serveUntilLost(MqttConnection connection, int number) {
    Instant since = clock.instant();
    serve(connection, number);
    if (Duration.between(since, clock.instant()).compareTo(GOOD) >= 0) {
      backoff.reset();
      shortLived = 0;
    } else {
      shortLived++;
    }
  }

  /**
   * Sends PUBACKs until the connection is lost or the task stops, and those of the last commits.
   */
  private void serve(MqttConnection connection, int number) {
    try {
      while (!stopping && connection.loss().isEmpty()) {
        signal.await(LOOK_AROUND);
        metrics.acknowledged(ledger.acknowledge(number, connection::acknowledge));
      }
      metrics.acknowledged(ledger.acknowledge(number, connection::acknowledge));
    } catch (MqttException e) {
      // The connection is lost, and says why.
      log.debug("Cannot send a PUBACK, client={}", clientId, e);
    }
  }

  private void explainLoss(MqttConnection connection) throws BrokerRefusedException {
    MqttConnection.Loss loss = connection.loss().orElse(null);
    if (loss == null || stopping) {
      return;
    }
    Optional<String> refusal = ReasonCode.finalRefusal(loss.reasonCode());
    if (refusal.isPresent()) {
      throw new BrokerRefusedException(
          "The broker ended the connection with %s: %s"
              .formatted(ReasonCode.hex(loss.reasonCode()), refusal.get()));
    }
    // Not every broker says so when a session is taken over: Mosquitto 2.0.11 just hangs up.
    String hint =
        shortLived < SUSPICIOUS
            ? ""
            : "; this happens again and again: does another client use the same client id?";
    log.warn(
        "Lost the MQTT broker, uri={} client={}: {}{}",
        config.uri(),
        clientId,
        loss.sentence(),
        hint);
  }

  private static String describe(Exception e) {
    return e.getCause() == null ? e.toString() : e + " (" + e.getCause() + ")";
  }
}
