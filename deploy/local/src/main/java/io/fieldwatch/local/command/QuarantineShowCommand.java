package io.fieldwatch.local.command;

import io.fieldwatch.local.quarantine.HexDump;
import io.fieldwatch.local.quarantine.QuarantineLog;
import io.fieldwatch.local.quarantine.QuarantinedMessage;
import io.fieldwatch.local.quarantine.ReplayJournal;
import io.fieldwatch.local.quarantine.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one message in full. */
@Command(
    name = "show",
    description = "Shows one refused message: why, its headers and its bytes.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch quarantine show fieldwatch.readings/3@1234"})
final class QuarantineShowCommand implements Callable<Integer> {
  private static final int NOT_FOUND = 1;

  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(paramLabel = "ID", description = "As list --ids and tail name it.")
  private String id = "";

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "1024",
      description = "The most bytes to show (default: ${DEFAULT-VALUE}).")
  private int mostBytes;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String bootstrap = stackOption.runningEndpoints().kafkaBootstrap();
    PrintWriter out = spec.commandLine().getOut();
    Selection selection =
        new Selection(Set.of(id), Optional.empty(), Optional.empty(), Optional.empty());
    boolean replayed = ReplayJournal.read(bootstrap).done().contains(id);
    int[] found = {0};
    try (QuarantineLog log = QuarantineLog.fromBeginning(bootstrap)) {
      log.readNew(
          message -> {
            if (selection.contains(message)) {
              found[0]++;
              print(message, replayed ? "it was" : message.hindrance().orElse("it can be"), out);
            }
          });
    }
    if (found[0] == 0) {
      spec.commandLine()
          .getErr()
          .println("Cannot find '%s' in quarantine: see list --ids".formatted(id));
      return NOT_FOUND;
    }
    out.flush();
    return 0;
  }

  private void print(QuarantinedMessage message, String replay, PrintWriter out) {
    out.println("message   " + message.id());
    out.println("device    " + message.device().map(Object::toString).orElse("none"));
    out.println("came      " + message.time());
    out.println("reason    " + message.reason() + ": " + message.detail());
    out.println(
        "readings  "
            + (message.readings().isPresent() ? message.readings().getAsInt() : "not decoded"));
    out.println("replay    " + replay);
    out.println("headers");
    message.headers().forEach(header -> out.println("  " + header));
    out.println("bytes     " + message.bytes().length);
    HexDump.of(message.bytes(), mostBytes).forEach(line -> out.println("  " + line));
  }
}
