package io.fieldwatch.local.quarantine;

import io.fieldwatch.reading.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages are meant: those for which everything holds that is given.
 *
 * @param ids any of these; all where it is empty
 * @param since taken from the broker then or later
 */
public record Selection(
    Set<String> ids, Optional<String> reason, Optional<DeviceId> device, Optional<Instant> since) {
  public static final Selection ALL =
      new Selection(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public Selection {
    ids = Set.copyOf(ids);
  }

  public boolean contains(QuarantinedMessage message) {
    return (ids.isEmpty() || ids.contains(message.id()))
        && reason.map(message.reason()::equals).orElse(true)
        && device.map(wanted -> message.device().equals(Optional.of(wanted))).orElse(true)
        && since.map(instant -> !message.time().isBefore(instant)).orElse(true);
  }
}
