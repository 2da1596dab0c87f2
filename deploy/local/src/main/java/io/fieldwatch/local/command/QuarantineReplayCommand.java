package io.fieldwatch.local.command;

import io.fieldwatch.local.quarantine.Outcome;
import io.fieldwatch.local.quarantine.Replay;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.quarantine.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends refused messages again. */
@Command(
    name = "replay",
    description = {
      "Sends refused messages into the pipeline again, after a fix; each at most once.",
      "Exits 1 if one is refused again, or its readings are late by now."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch quarantine replay --reason not-json --device plant/press-4"})
final class QuarantineReplayCommand implements Callable<Integer> {
  private static final int REFUSED_AGAIN = 1;

  @Mixin private StackOption stackOption = new StackOption();
  @Mixin private SelectionOptions selected = new SelectionOptions();

  @Parameters(paramLabel = "ID", description = "Only these messages.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "Everything that can be sent again.")
  private boolean all;

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "The longest to wait for what comes of it (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofMinutes(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!all && ids.isEmpty() && selected.areAbsent()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what to send again: IDs, --reason, --device, --since, or --all for everything");
    }
    Endpoints endpoints = stackOption.runningEndpoints();
    Replay replay = new Replay(endpoints.kafkaBootstrap(), selected.selection(Set.copyOf(ids)));
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      print("would be sent again", replay.plan(), out);
      return 0;
    }
    try (Outcome.Watch watch = new Outcome.Watch(endpoints)) {
      Replay.Report report = replay.run();
      print("sent again", report, out);
      return report.ids().isEmpty() ? 0 : tell(watch.await(report.ids(), patience), out);
    }
  }

  private static void print(String what, Replay.Report report, PrintWriter out) {
    out.println(
        "%d messages %s%s"
            .formatted(
                report.ids().size(),
                what,
                report.byReason().isEmpty() ? "" : ": " + counts(report.byReason())));
    if (report.sentBefore() > 0) {
      out.println("%d were sent again before".formatted(report.sentBefore()));
    }
    report
        .leftAlone()
        .forEach((why, count) -> out.println("%d cannot be: %s".formatted(count, why)));
    out.flush();
  }

  private int tell(Outcome outcome, PrintWriter out) {
    if (!outcome.isKnown()) {
      out.println(
          "The job has not read them within %d s; what it refuses will be in quarantine again"
              .formatted(patience.toSeconds()));
    } else if (outcome.refusedAgain().isEmpty()) {
      out.println("The job has taken all of them.");
    }
    if (!outcome.refusedAgain().isEmpty()) {
      out.println("The job has refused some again: " + counts(outcome.refusedAgain()));
    }
    if (outcome.refusedAgain().containsKey(Reason.LATE.code())) {
      out.println(
          "Their devices have moved on by more than the job's revisionHorizon, so the readings are"
              + " counted as late and change no window.");
    }
    out.flush();
    return outcome.refusedAgain().isEmpty() ? 0 : REFUSED_AGAIN;
  }

  private static String counts(Map<String, Long> byReason) {
    return byReason.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
