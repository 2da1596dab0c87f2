package io.fieldwatch.local.evidence;

import io.fieldwatch.local.audit.Life;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.status.DeviceStatus.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the agents have said of themselves. For one thread. */
final class Statements {
  private final Map<Life, Counts> counts = new HashMap<>();
  private final Map<DeviceId, Life> speaking = new HashMap<>();

  /** Takes a status; those of one device in the order in which it said them. */
  void keep(DeviceId device, DeviceStatus status) {
    Life life = new Life(device, status.epoch());
    // A last will has no counts, and what is known stays known.
    status.counts().ifPresent(said -> counts.put(life, said));
    if (status.state() == State.ONLINE) {
      speaking.put(device, life);
    } else {
      // The will of a life that is over may come after the birth of the next.
      speaking.remove(device, life);
    }
  }

  /** The last that was said of each life. */
  Map<Life, Counts> counts() {
    return Map.copyOf(counts);
  }

  /** The lives of which more is to be heard: a device has one at most. */
  Set<Life> speaking() {
    return Set.copyOf(speaking.values());
  }
}
