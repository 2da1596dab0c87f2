package io.fieldwatch.agent;

import io.fieldwatch.agent.config.ConfigException;
import io.fieldwatch.agent.csv.FileRejectedException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The agent's command line. Results go to stdout, the log and errors to stderr. */
@Command(
    name = "edge-agent",
    description = "Reads sensors and publishes every reading over MQTT.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunCommand.class, SimulateCommand.class, CheckCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Logging.setUp();
    int exitCode =
        new CommandLine(new Main()).setExecutionExceptionHandler(explain()).execute(args);
    System.exit(exitCode);
  }

  /** What the user can mend is a sentence; everything else keeps its stack trace. */
  private static IExecutionExceptionHandler explain() {
    return (e, commandLine, parsed) -> {
      if (e instanceof ConfigException config) {
        config.problems().forEach(commandLine.getErr()::println);
      } else if (e instanceof IOException || e instanceof FileRejectedException) {
        commandLine.getErr().println(e.getClass().getSimpleName() + ": " + e.getMessage());
      } else {
        throw e;
      }
      return CommandLine.ExitCode.SOFTWARE;
    };
  }
}
