package io.fieldwatch.stream.pulse;

import java.io.Serializable;
import java.util.Optional;

/**
 * How long each hop took. A reading passes the first alone and the others with its pack and its
 * batch, so the passages of the hops differ and only their means compare.
 */
public record HopTimes(HopTime ingest, HopTime queue, HopTime store) implements Serializable {
  public static final HopTimes NONE = new HopTimes(HopTime.NONE, HopTime.NONE, HopTime.NONE);

  public HopTime of(Hop hop) {
    return switch (hop) {
      case INGEST -> ingest;
      case QUEUE -> queue;
      case STORE -> store;
    };
  }

  public HopTimes plus(HopTimes other) {
    return new HopTimes(
        ingest.plus(other.ingest), queue.plus(other.queue), store.plus(other.store));
  }

  /** The hop with the greatest mean, the earlier of equals; none where nothing passed. */
  public Optional<Hop> slowest() {
    Hop slowest = null;
    for (Hop hop : Hop.values()) {
      boolean isSlower = slowest == null || of(hop).meanMillis() > of(slowest).meanMillis();
      if (of(hop).passages() > 0 && isSlower) {
        slowest = hop;
      }
    }
    return Optional.ofNullable(slowest);
  }
}
