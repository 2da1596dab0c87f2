package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.ack.AckLedger;
import io.fieldwatch.connect.ack.Delivery;
import io.fieldwatch.connect.ack.Slot;
import java.time.InstantSource;
import java.util.Arrays;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages off the MQTT client's callback thread: gives each its slot and its time, and puts
 * it into the inbox. Never blocks.
 */
final class Intake {
  private final AckLedger ledger;
  private final Inbox inbox;
  private final MqttMetrics metrics;
  private final InstantSource clock;
  private final int payloadMaxBytes;
  private final int quarantineKeptBytes;

  Intake(
      MqttSourceConfig config,
      AckLedger ledger,
      Inbox inbox,
      MqttMetrics metrics,
      InstantSource clock) {
    this.ledger = ledger;
    this.inbox = inbox;
    this.metrics = metrics;
    this.clock = clock;
    this.payloadMaxBytes = config.payloadMaxBytes();
    this.quarantineKeptBytes = config.quarantineKeptBytes();
  }

  /**
   * Takes a message. If it throws, the message has no slot, and the connection must be given up so
   * that the broker delivers it again.
   *
   * @throws IllegalStateException if the broker sends more than it may
   */
  void take(int connection, String topic, MqttMessage message) {
    if (message.getQos() == 0) {
      takeUnacknowledged(topic, message);
      return;
    }
    if (!inbox.hasRoom()) {
      throw new IllegalStateException("The broker sends more than receive.maximum messages");
    }
    long now = clock.millis();
    Slot slot = new Slot(Delivery.of(message.getId(), topic, message.getPayload()), now);
    switch (ledger.arrive(connection, slot)) {
      case NEW -> {
        metrics.received();
        inbox.add(inbound(topic, message, now, slot));
      }
      case KNOWN -> metrics.redelivered();
      case STALE -> {
        // The broker delivers it again on the next connection.
      }
    }
  }

  private void takeUnacknowledged(String topic, MqttMessage message) {
    if (inbox.hasRoomForUnacknowledged()) {
      metrics.received();
      inbox.add(inbound(topic, message, clock.millis(), null));
    } else {
      metrics.droppedQos0();
    }
  }

  private Inbound inbound(String topic, MqttMessage message, long now, @Nullable Slot slot) {
    byte[] payload = message.getPayload();
    // Cut here, so that a queue of oversized messages is no danger to the worker's memory.
    boolean cut = payload.length > payloadMaxBytes && payload.length > quarantineKeptBytes;
    return new Inbound(
        topic,
        cut ? Arrays.copyOf(payload, quarantineKeptBytes) : payload,
        payload.length,
        message.getQos(),
        Boolean.toString(message.isRetained()),
        message.getProperties().getContentType(),
        now,
        slot);
  }
}
