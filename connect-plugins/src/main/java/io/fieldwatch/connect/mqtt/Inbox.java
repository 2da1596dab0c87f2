package io.fieldwatch.connect.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Messages between the MQTT client's callback thread and {@link MqttSourceTask#poll}, in order of
 * arrival.
 *
 * <p>The broker may have {@code receive.maximum} messages of QoS 1 unacknowledged; twice that has
 * room, because a broker that lost our session begins a new window while the old one waits here.
 * Messages of QoS 0, which MQTT cannot hold back, have one more window; beyond it they are refused.
 */
final class Inbox {
  private final BlockingQueue<Inbound> queue;
  private final int reservedForAcknowledged;

  Inbox(int receiveMaximum) {
    this.reservedForAcknowledged = 2 * receiveMaximum;
    this.queue = new ArrayBlockingQueue<>(3 * receiveMaximum);
  }

  /** Whether a message of QoS 1 has room. Never blocks. */
  boolean hasRoom() {
    return queue.remainingCapacity() > 0;
  }

  /** Whether a message of QoS 0 has room. Never blocks. */
  boolean hasRoomForUnacknowledged() {
    return queue.remainingCapacity() > reservedForAcknowledged;
  }

  /**
   * Takes a message; the only caller is the callback thread, after it asked whether there is room.
   *
   * @throws IllegalStateException if there is none
   */
  void add(Inbound message) {
    queue.add(message);
  }

  /** Waits for a message, then takes what is there without waiting; empty if none came in time. */
  List<Inbound> take(int atMost, Duration patience) throws InterruptedException {
    Inbound first = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<Inbound> batch = new ArrayList<>(Math.min(atMost, queue.size() + 1));
    batch.add(first);
    queue.drainTo(batch, atMost - 1);
    return batch;
  }
}
