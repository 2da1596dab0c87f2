package io.fieldwatch.connect.ack;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a message that a broker delivered with QoS 1 is acknowledged.
 *
 * <p>Rules, for every connection <i>c</i>:
 *
 * <ul>
 *   <li>PUBACK(m) is sent only after commit(m);
 *   <li>PUBACKs leave in the order in which their messages arrived on <i>c</i> (MQTT-4.6.0-2): only
 *       the contiguous committed head of the line is acknowledged;
 *   <li>PUBACK(m) is sent on <i>c</i> only if m arrived on <i>c</i>, <i>c</i> is the current
 *       connection and <i>c</i> has been opened. A commit that comes after its connection has ended
 *       acknowledges nothing, so it cannot hit a packet identifier that means another message by
 *       then;
 *   <li>a message that is delivered again in the same session, because its PUBACK has not been
 *       sent, is {@link Arrival#KNOWN}: it is not to be produced a second time, and its first
 *       commit acknowledges it.
 * </ul>
 *
 * <p>Redelivery is recognised by packet identifier, topic, length and checksum, not by MQTT's DUP
 * flag: Paho's v5 client does not hand the flag on. That is sound because within a session a broker
 * gives the identifier of an unacknowledged message to no other, and because {@link #openNew}
 * forgets the messages of a lost session before any message of the new one can arrive (nothing is
 * subscribed yet).
 *
 * <p>Threads: one thread owns the connection ({@link #begin}, {@code open…}, {@link #acknowledge},
 * {@link #end}); {@link #arrive} is called by the client's callback thread and {@link #commit} by
 * any thread. No method blocks or calls foreign code under its lock.
 *
 * <p>Nothing is kept over a crash: the broker then delivers again what it has no PUBACK for.
 */
public final class AckLedger {
  private static final int NONE = 0;

  /** What to do with a message that arrived. */
  public enum Arrival {
    /** Produce it, and call {@link AckLedger#commit} for its slot. */
    NEW,
    /** It is on its way already, or there: do nothing. */
    KNOWN,
    /** It came by a connection that has ended: drop it, the broker delivers it again. */
    STALE
  }

  /** Sends one PUBACK; throws if the connection cannot take it. */
  @FunctionalInterface
  public interface Acknowledger<E extends Exception> {
    void acknowledge(int packetId) throws E;
  }

  private final Runnable onCommit;
  private final Object lock = new Object();
  private final ArrayDeque<Slot> line = new ArrayDeque<>();
  private final Map<Integer, Slot> unacknowledged = new HashMap<>();
  private int lastConnection = NONE;
  private int current = NONE;
  private boolean open;

  /**
   * An empty ledger.
   *
   * @param onCommit called after each commit, on the committing thread; must not block
   */
  public AckLedger(Runnable onCommit) {
    this.onCommit = requireNonNull(onCommit, "onCommit is null");
  }

  /**
   * Starts a connection, ending the one before. Its messages may arrive from now on; nothing is
   * acknowledged before it is opened.
   *
   * @return the connection's number
   */
  public int begin() {
    synchronized (lock) {
      abandonLine();
      lastConnection++;
      current = lastConnection;
      return current;
    }
  }

  /** The broker has accepted the connection and has kept our session. */
  public void openKept(int connection) {
    synchronized (lock) {
      open = connection == current;
    }
  }

  /**
   * The broker has accepted the connection with a new session: earlier deliveries are forgotten.
   */
  public void openNew(int connection) {
    synchronized (lock) {
      if (connection == current) {
        unacknowledged.clear();
        open = true;
      }
    }
  }

  /** The connection is gone, or will be; nothing is acknowledged on it any more. */
  public void end(int connection) {
    synchronized (lock) {
      if (connection == current) {
        abandonLine();
        current = NONE;
      }
    }
  }

  /**
   * A message arrived by a connection.
   *
   * @param slot a new slot; used only if the answer is {@link Arrival#NEW}
   */
  public Arrival arrive(int connection, Slot slot) {
    synchronized (lock) {
      if (connection != current) {
        return Arrival.STALE;
      }
      Slot before = unacknowledged.remove(slot.delivery().packetId());
      boolean known = before != null && before.delivery().equals(slot.delivery());
      line.addLast(known ? before : slot);
      return known ? Arrival.KNOWN : Arrival.NEW;
    }
  }

  /** Kafka has the message, or it was given up by rule. O(1); may come late, and more than once. */
  public void commit(Slot slot) {
    slot.markCommitted();
    onCommit.run();
  }

  /**
   * Acknowledges the committed head of the line.
   *
   * @return how many messages were acknowledged
   * @throws E what the acknowledger threw; the message it was called for counts as not acknowledged
   */
  public <E extends Exception> int acknowledge(int connection, Acknowledger<E> acknowledger)
      throws E {
    int acknowledged = 0;
    for (Slot slot = committedHead(connection); slot != null; slot = committedHead(connection)) {
      acknowledger.acknowledge(slot.delivery().packetId());
      removeHead(connection, slot);
      acknowledged++;
    }
    return acknowledged;
  }

  /** Messages of the current connection that are not acknowledged. */
  public int inFlight() {
    synchronized (lock) {
      return line.size();
    }
  }

  /** When the oldest of them arrived, milliseconds since the Unix epoch; empty if there is none. */
  public OptionalLong oldestArrivalMillis() {
    synchronized (lock) {
      Slot head = line.peekFirst();
      return head == null ? OptionalLong.empty() : OptionalLong.of(head.arrivedAtMillis());
    }
  }

  private @Nullable Slot committedHead(int connection) {
    synchronized (lock) {
      if (connection != current || !open) {
        return null;
      }
      Slot head = line.peekFirst();
      return head != null && head.isCommitted() ? head : null;
    }
  }

  private void removeHead(int connection, Slot slot) {
    synchronized (lock) {
      if (connection == current && line.peekFirst() == slot) {
        line.removeFirst();
      }
    }
  }

  private void abandonLine() {
    for (Slot slot : line) {
      unacknowledged.put(slot.delivery().packetId(), slot);
    }
    line.clear();
    open = false;
  }
}
