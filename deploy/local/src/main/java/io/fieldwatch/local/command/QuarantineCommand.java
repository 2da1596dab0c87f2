package io.fieldwatch.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What was refused: looking at it, and sending it again after a fix. */
@Command(
    name = "quarantine",
    description = "Shows the messages that were refused, and sends them again after a fix.",
    mixinStandardHelpOptions = true,
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineReplayCommand.class
    },
    footer = {"", "Example: fieldwatch quarantine list"})
public final class QuarantineCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name one of: " + String.join(", ", spec.subcommands().keySet()));
  }
}
