package io.fieldwatch.agent.mqtt;

import io.fieldwatch.reading.PackId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Packs that were sent over one connection and not acknowledged in order yet. The broker may
 * acknowledge in any order; what leaves here is the contiguous prefix only, so the spool's cursor
 * never passes a pack that the broker may not have.
 *
 * <p>Any thread; never blocks.
 */
final class InFlightWindow {
  private final int capacity;
  private final Deque<Sent> sent = new ArrayDeque<>();

  private static final class Sent {
    private final PackId id;
    private boolean acknowledged;

    Sent(PackId id) {
      this.id = id;
    }
  }

  InFlightWindow(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("Invalid window of " + capacity + " packs");
    }
    this.capacity = capacity;
  }

  synchronized boolean hasRoom() {
    return sent.size() < capacity;
  }

  synchronized void send(PackId id) {
    if (!hasRoom()) {
      throw new IllegalStateException("Cannot send pack " + id + ": the window is full");
    }
    sent.addLast(new Sent(id));
  }

  /** The broker has this pack. Identities that are not in the window are ignored. */
  synchronized void acknowledge(PackId id) {
    for (Sent pack : sent) {
      if (pack.id.equals(id)) {
        pack.acknowledged = true;
        return;
      }
    }
  }

  /** Takes the acknowledged packs off the front, and gives the last of them. */
  synchronized Optional<PackId> takeAcknowledged() {
    PackId last = null;
    for (Sent first = sent.peekFirst();
        first != null && first.acknowledged;
        first = sent.peekFirst()) {
      last = first.id;
      sent.removeFirst();
    }
    return Optional.ofNullable(last);
  }
}
