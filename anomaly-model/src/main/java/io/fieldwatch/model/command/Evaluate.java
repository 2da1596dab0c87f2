package io.fieldwatch.model.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Measures models: on a folder of CSV files, or on the Numenta Anomaly Benchmark. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures a model on data it has not seen.",
    subcommands = {EvaluateNab.class})
public final class Evaluate implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before run
  private CommandLine.Model.CommandSpec spec;

  /** Exits with 0 when every floor held, 1 when not or when it failed, 2 on wrong arguments. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Evaluate())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              String message = failure.getMessage();
              line.getErr().println(message == null ? failure.toString() : message);
              return line.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to evaluate on");
  }
}
