package io.fieldwatch.local.command;

import io.fieldwatch.local.quarantine.Selection;
import io.fieldwatch.reading.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which messages of the quarantine a command is about. */
final class SelectionOptions {
  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "Only what was refused for this reason, such as not-json.")
  private @Nullable String reason;

  @Option(
      names = "--device",
      paramLabel = "SITE/DEVICE",
      description = "Only this device's messages.")
  private @Nullable DeviceId device;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only what came within this time before now, such as 2h.")
  private @Nullable Duration since;

  boolean areAbsent() {
    return reason == null && device == null && since == null;
  }

  Selection selection(Set<String> ids) {
    return new Selection(
        ids,
        Optional.ofNullable(reason),
        Optional.ofNullable(device),
        Optional.ofNullable(since).map(Instant.now()::minus));
  }
}
