package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.AckLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT session whose messages become records. The worker calls {@link #start}, {@link #poll}
 * and {@link #stop} on the task's thread and {@link #commitRecord} mostly on the producer's.
 *
 * <p>A crash loses nothing that the broker has acknowledged to its publisher: what has no record in
 * Kafka has no PUBACK, and the broker delivers it again. Messages between the commit and the PUBACK
 * come twice.
 */
public final class MqttSourceTask extends SourceTask {
  private static final Logger log = LoggerFactory.getLogger(MqttSourceTask.class);

  /** The worker can stop a task only between polls. */
  private static final Duration POLL_PATIENCE = Duration.ofMillis(500);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(30);

  /** Less than the five seconds a worker gives a task that is to stop. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(4);

  /** The worker gives a task five seconds; a connection closes in one. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  /** What start() builds and stop() takes down. */
  private record Running(
      MqttSession session,
      Thread thread,
      AckLedger ledger,
      Inbox inbox,
      RecordFactory records,
      MqttMetrics metrics,
      int pollMaxRecords) {}

  private volatile @Nullable Running running;

  @Override
  public String version() {
    return Version.current();
  }

  /**
   * Waits a few seconds for the subscription, so that a task that is RUNNING normally loses no
   * message that is published from then on, even in a new session. An absent broker is no error:
   * connecting goes on on the session's thread.
   *
   * @throws ConnectException if the broker refuses
   */
  @Override
  public void start(Map<String, String> properties) {
    MqttSourceConfig config = new MqttSourceConfig(properties);
    int number = Integer.parseInt(properties.getOrDefault(MqttSourceConfig.TASK_NUMBER, "0"));
    String clientId = config.clientId(number);
    InstantSource clock = InstantSource.system();
    Signal signal = new Signal();
    AckLedger ledger = new AckLedger(signal::raise);
    Inbox inbox = new Inbox(config.receiveMaximum());
    MqttMetrics metrics = new MqttMetrics();
    metrics.register(context.pluginMetrics(), ledger, clock);
    MqttSession session =
        new MqttSession(
            config,
            clientId,
            MqttSourceConfig.taskFilters(properties),
            ledger,
            new Intake(config, ledger, inbox, metrics, clock),
            metrics,
            signal,
            new Backoff(FIRST_BACKOFF, MOST_BACKOFF, RandomGenerator.getDefault()),
            clock);
    String name = properties.getOrDefault("name", "mqtt-source") + "-" + number;
    Thread thread = new Thread(session, "fieldwatch-mqtt-" + name);
    thread.setDaemon(true);
    running =
        new Running(
            session,
            thread,
            ledger,
            inbox,
            new RecordFactory(config, clientId, metrics),
            metrics,
            config.pollMaxRecords());
    thread.start();
    awaitSubscription(session);
  }

  private static void awaitSubscription(MqttSession session) {
    try {
      if (!session.awaitSettled(START_PATIENCE)) {
        log.warn("Not subscribed yet, trying on in the background");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throwFailureOf(session);
  }

  private static void throwFailureOf(MqttSession session) {
    Optional<Throwable> failure = session.failure();
    if (failure.isPresent()) {
      throw new ConnectException(failure.get().getMessage(), failure.get());
    }
  }

  /** Returns within half a second; null if no message came. */
  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    Running task = running;
    if (task == null) {
      return null;
    }
    throwFailureOf(task.session());
    List<Inbound> messages = task.inbox().take(task.pollMaxRecords(), POLL_PATIENCE);
    if (messages.isEmpty()) {
      return null;
    }
    List<SourceRecord> records = new ArrayList<>(messages.size());
    for (Inbound message : messages) {
      records.addAll(task.records().records(message));
    }
    return records;
  }

  /**
   * Lets the message be acknowledged, once Kafka has all of its records. May come after {@link
   * #stop}, and then does nothing.
   *
   * @param metadata null if the worker dropped the record: a transform filtered it, or {@code
   *     errors.tolerance=all} swallowed an error. The message is acknowledged all the same, because
   *     whoever configured that wants it gone, and counted as skipped.
   */
  @Override
  public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
    Running task = running;
    if (task == null || !(record instanceof MqttRecord committed)) {
      return;
    }
    Delivered message = committed.delivered();
    boolean settled = metadata == null ? message.skip(committed) : message.commit(committed);
    if (!settled) {
      return;
    }
    if (message.isSkipped()) {
      task.metrics().skipped();
    } else {
      task.metrics().committed();
    }
    message.slot().ifPresent(task.ledger()::commit);
  }

  /**
   * Sends the last PUBACKs, disconnects and ends the session's thread; the broker keeps the rest.
   */
  @Override
  public void stop() {
    Running task = running;
    if (task == null) {
      return;
    }
    running = null;
    task.session().stop();
    task.thread().interrupt();
    try {
      task.thread().join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (task.thread().isAlive()) {
      log.warn("The MQTT session did not end in time, thread={}", task.thread().getName());
    }
  }
}
