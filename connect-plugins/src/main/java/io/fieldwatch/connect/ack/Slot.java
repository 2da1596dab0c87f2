package io.fieldwatch.connect.ack;

import static java.util.Objects.requireNonNull;

/**
 * The place of one delivery in an {@link AckLedger}. It outlives its connection: when the broker
 * delivers the message again, the slot takes its place in the new order, and a commit that was on
 * its way still counts.
 *
 * <p>Equality is identity.
 */
public final class Slot {
  private final Delivery delivery;
  private final long arrivedAtMillis;
  private volatile boolean committed;

  /**
   * A slot for a delivery that is not committed.
   *
   * @param arrivedAtMillis when it came from the broker, milliseconds since the Unix epoch
   */
  public Slot(Delivery delivery, long arrivedAtMillis) {
    this.delivery = requireNonNull(delivery, "delivery is null");
    this.arrivedAtMillis = arrivedAtMillis;
  }

  Delivery delivery() {
    return delivery;
  }

  long arrivedAtMillis() {
    return arrivedAtMillis;
  }

  boolean isCommitted() {
    return committed;
  }

  void markCommitted() {
    committed = true;
  }

  @Override
  public String toString() {
    return "Slot(" + delivery + (committed ? ", committed)" : ")");
  }
}
