package io.fieldwatch.model.command;

import picocli.CommandLine;

/** Failures as one sentence. */
final class Sentences {
  private Sentences() {}

  static CommandLine of(CommandLine line) {
    return line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String message = failure.getMessage();
          command.getErr().println(message == null ? failure.toString() : message);
          if (System.getenv("FIELDWATCH_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
          }
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
  }
}
