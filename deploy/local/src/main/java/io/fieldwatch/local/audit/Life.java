package io.fieldwatch.local.audit;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.DeviceId;

/** One epoch of one device: what is balanced by itself. */
public record Life(DeviceId device, String epoch) implements Comparable<Life> {
  /** The epoch under which packs without identity are counted. */
  public static final String NO_IDENTITY = "-";

  public Life {
    requireNonNull(device, "device is null");
    requireNonNull(epoch, "epoch is null");
  }

  /** Whether its packs carry an identity, so that there is something to balance. */
  public boolean hasIdentity() {
    return !epoch.equals(NO_IDENTITY);
  }

  @Override
  public int compareTo(Life other) {
    return comparing(Life::device).thenComparing(Life::epoch).compare(this, other);
  }

  @Override
  public String toString() {
    return device + " epoch " + epoch;
  }
}
