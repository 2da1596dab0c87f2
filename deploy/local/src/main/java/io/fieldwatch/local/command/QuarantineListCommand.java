package io.fieldwatch.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.quarantine.QuarantineLog;
import io.fieldwatch.local.quarantine.ReplayJournal;
import io.fieldwatch.local.quarantine.Selection;
import io.fieldwatch.local.quarantine.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts what was refused. */
@Command(
    name = "list",
    description = {
      "Counts the refused messages by reason and device.",
      "With --ids: one line a message, the newest last."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch quarantine list --since 1h"})
final class QuarantineListCommand implements Callable<Integer> {
  private static final String ROW = "  %-18s %-24s %10s %10s %10s  %-20s  %s";

  @Mixin private StackOption stackOption = new StackOption();
  @Mixin private SelectionOptions selected = new SelectionOptions();

  @Option(names = "--ids", description = "Name each message instead of counting.")
  private boolean ids;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String bootstrap = stackOption.runningEndpoints().kafkaBootstrap();
    PrintWriter out = spec.commandLine().getOut();
    Selection selection = selected.selection(Set.of());
    Summary summary = new Summary(ReplayJournal.read(bootstrap).done());
    try (QuarantineLog log = QuarantineLog.fromBeginning(bootstrap)) {
      log.readNew(
          message -> {
            if (selection.contains(message)) {
              summary.add(message);
              if (ids) {
                out.println("%s  %s  %s".formatted(message.time(), message.id(), message.reason()));
              }
            }
          });
    }
    if (json) {
      out.println(json(summary).toPrettyString());
    } else if (!ids) {
      print(summary, out);
    }
    out.flush();
    return 0;
  }

  private static void print(Summary summary, PrintWriter out) {
    if (summary.lines().isEmpty()) {
      out.println("Nothing is in quarantine.");
      return;
    }
    out.println(
        ROW.formatted("reason", "device", "messages", "readings", "replayed", "first", "last"));
    for (Summary.Line line : summary.lines()) {
      out.println(
          ROW.formatted(
              line.reason(),
              line.device(),
              line.messages(),
              line.readings().isPresent() ? line.readings().getAsLong() : "?",
              line.replayed(),
              seconds(line.first()),
              seconds(line.last())));
    }
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private static ArrayNode json(Summary summary) {
    ArrayNode lines = new ObjectMapper().createArrayNode();
    for (Summary.Line line : summary.lines()) {
      ObjectNode node = lines.addObject();
      node.put("reason", line.reason())
          .put("device", line.device())
          .put("messages", line.messages());
      if (line.readings().isPresent()) {
        node.put("readings", line.readings().getAsLong());
      } else {
        node.putNull("readings");
      }
      node.put("replayed", line.replayed())
          .put("first", line.first().toString())
          .put("last", line.last().toString());
    }
    return lines;
  }
}
