package io.fieldwatch.local.command;

import io.fieldwatch.local.kafka.StatusReader;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.SideAgent;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a file of readings into the running stack as a device. */
@Command(
    name = "replay",
    description = {
      "Plays a CSV file into the running stack as a device and waits until the broker has it all.",
      "The file has a header, a column of times, and a column for each sensor."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch replay pump.csv --device plant-1/pump-7 --speed 60"})
public final class ReplayCommand implements Callable<Integer> {
  // The words of the agent's log.
  private static final String AT_ITS_END = "Replay is at its end";
  private static final String BROKEN_OFF = "Replay ended before its end";

  private static final long POLL_MILLIS = 200;

  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(paramLabel = "FILE.csv", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "SITE/NAME",
      description = "The device to play (default: lab/ and the file's name).")
  private @Nullable DeviceId device;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many times faster than measured (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--times",
      paramLabel = "TIMES",
      defaultValue = "now",
      description =
          "'now': the file begins now; 'original': its own times, those older than the revision"
              + " horizon count as late (default: ${DEFAULT-VALUE}).")
  private String times = "now";

  @Override
  public Integer call() throws IOException, InterruptedException {
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      return replay(end);
    } finally {
      end.done();
    }
  }

  private int replay(OrderlyEnd end) throws IOException, InterruptedException {
    if (!Files.isReadable(file)) {
      throw new IOException("Cannot replay " + file + ": there is no such file to read");
    }
    Endpoints endpoints = stackOption.runningEndpoints();
    DeviceId played = device == null ? deviceOf(file) : device;
    // A spool of its own: the agent goes on with a spool's file where it was broken off.
    String name = "replay-" + InstantSource.system().millis();
    try (StatusReader statuses = new StatusReader(endpoints.kafkaBootstrap())) {
      try (SideAgent agent =
          SideAgent.start(
              stackOption.installation(),
              stackOption.data(),
              name,
              AgentConfig.of(source(played)))) {
        System.out.printf("Replaying %s as %s%n", file, played);
        awaitEnd(agent);
        Counts counts =
            awaitEmptySpool(played, statuses::readNew, () -> agent.component().pid().isPresent())
                .orElseThrow(() -> unfinished(agent, "the agent ended before all was sent"));
        System.out.printf(
            "Done: %,d readings in %,d packs, all acknowledged by the broker%n",
            counts.producedReadings(), counts.producedPacks());
      } catch (InterruptedException stopAsked) {
        end.requireRequested(stopAsked);
        System.out.println("Broken off");
        return 1;
      }
    }
    return 0;
  }

  private String source(DeviceId played) {
    return """
        devices:
          - id: %s
            source: {type: replay, file: "%s", speed: %s, times: %s}
        """
        .formatted(
            played,
            file.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\""),
            speed,
            times);
  }

  private void awaitEnd(SideAgent agent) throws IOException, InterruptedException {
    LogFile log = new LogFile(agent.component().logFile());
    while (!log.containsAfter(0, AT_ITS_END)) {
      if (log.containsAfter(0, BROKEN_OFF)) {
        throw unfinished(agent, "the agent broke it off");
      }
      if (agent.component().pid().isEmpty()) {
        throw unfinished(agent, "the agent ended before the file did");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private IOException unfinished(SideAgent agent, String why) {
    String tail = String.join("\n", agent.component().logTail(5));
    return new IOException(
        "Cannot finish the replay of %s: %s. Its log ends:%n%s".formatted(file, why, tail));
  }

  /**
   * Waits until the agent says, after the file's end, that nothing is in its spool any more.
   *
   * @param readNew hands over the statuses that are new since the last call
   * @return empty if the agent ended without having said so
   */
  static Optional<Counts> awaitEmptySpool(
      DeviceId device, Consumer<BiConsumer<DeviceId, DeviceStatus>> readNew, BooleanSupplier alive)
      throws InterruptedException {
    long fileEndedAtMillis = InstantSource.system().millis();
    List<Counts> drained = new ArrayList<>();
    boolean mayStillSay = true;
    while (drained.isEmpty() && mayStillSay) {
      Thread.sleep(POLL_MILLIS);
      // Asked before reading: what it said last is read once more after its end.
      mayStillSay = alive.getAsBoolean();
      readNew.accept(
          (teller, status) -> {
            if (teller.equals(device) && status.timeMillis() > fileEndedAtMillis) {
              status.counts().filter(counts -> counts.spoolPacks() == 0).ifPresent(drained::add);
            }
          });
    }
    return drained.isEmpty() ? Optional.empty() : Optional.of(drained.get(drained.size() - 1));
  }

  static DeviceId deviceOf(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return new DeviceId("lab", Demo.deviceName(name));
  }
}
