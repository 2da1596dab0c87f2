package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.AckLedger;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * What one task counts, as the worker's metrics ({@code
 * kafka.connect:type=plugins,connector=…,task=…} over JMX; KIP-877). The worker removes them with
 * the task.
 *
 * <p>{@code received = committed + dropped + on their way}, where {@code dropped} means lost to
 * Kafka: given up by a rule that somebody configured. Thread-safe.
 */
final class MqttMetrics {
  private final LongAdder reconnects = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder committed = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder redelivered = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder droppedQos0 = new LongAdder();
  private final LongAdder callbackErrors = new LongAdder();
  private volatile boolean connected;

  /** Registers every metric. Called once, when the task starts. */
  void register(PluginMetrics registry, AckLedger ledger, InstantSource clock) {
    gauge(
        registry, "connected", "1 while subscribed at the broker, else 0", () -> connected ? 1 : 0);
    counter(registry, "reconnects_total", "Connections after the first", reconnects);
    counter(registry, "received_messages_total", "Messages taken from the broker", received);
    counter(registry, "committed_messages_total", "Messages that Kafka has", committed);
    counter(registry, "acked_messages_total", "PUBACKs handed to the connection", acknowledged);
    counter(
        registry,
        "redelivered_messages_total",
        "Deliveries recognised as on their way already and not produced again",
        redelivered);
    counter(registry, "quarantined_messages_total", "Messages sent to quarantine", quarantined);
    counter(
        registry,
        "skipped_messages_total",
        "Messages acknowledged without Kafka: dropped by a transform or by errors.tolerance=all",
        skipped);
    counter(
        registry,
        "dropped_qos0_messages_total",
        "Messages of QoS 0 dropped because their window was full",
        droppedQos0);
    counter(
        registry, "callback_errors_total", "Messages that broke the connection", callbackErrors);
    gauge(
        registry,
        "inflight_messages",
        "Messages of this connection without PUBACK",
        ledger::inFlight);
    gauge(
        registry,
        "oldest_unacked_age_ms",
        "Age of the oldest message without PUBACK, 0 if there is none",
        () -> ageMillis(ledger, clock));
  }

  void connected() {
    connected = true;
  }

  void disconnected() {
    connected = false;
  }

  void reconnecting() {
    reconnects.increment();
  }

  void received() {
    received.increment();
  }

  void committed() {
    committed.increment();
  }

  void acknowledged(int messages) {
    acknowledged.add(messages);
  }

  void redelivered() {
    redelivered.increment();
  }

  void quarantined() {
    quarantined.increment();
  }

  void skipped() {
    skipped.increment();
  }

  void droppedQos0() {
    droppedQos0.increment();
  }

  void callbackError() {
    callbackErrors.increment();
  }

  private static long ageMillis(AckLedger ledger, InstantSource clock) {
    long now = clock.millis();
    return Math.max(0, now - ledger.oldestArrivalMillis().orElse(now));
  }

  private static void counter(PluginMetrics registry, String name, String help, LongAdder counter) {
    gauge(registry, name, help, counter::sum);
  }

  private static void gauge(PluginMetrics registry, String name, String help, LongSource value) {
    registry.addMetric(
        registry.metricName(name, help, new LinkedHashMap<>()),
        (Gauge<Long>) (config, now) -> value.get());
  }

  @FunctionalInterface
  private interface LongSource {
    long get();
  }
}
