package io.fieldwatch.local;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.local.command.AuditCommand;
import io.fieldwatch.local.command.BenchCommand;
import io.fieldwatch.local.command.ChaosCommand;
import io.fieldwatch.local.command.ClusterCommand;
import io.fieldwatch.local.command.DoctorCommand;
import io.fieldwatch.local.command.DownCommand;
import io.fieldwatch.local.command.DurationConverter;
import io.fieldwatch.local.command.EvaluateCommand;
import io.fieldwatch.local.command.ModelsCommand;
import io.fieldwatch.local.command.QuarantineCommand;
import io.fieldwatch.local.command.ReplayCommand;
import io.fieldwatch.local.command.StatusCommand;
import io.fieldwatch.local.command.TailCommand;
import io.fieldwatch.local.command.TopCommand;
import io.fieldwatch.local.command.TrainCommand;
import io.fieldwatch.local.command.UpCommand;
import io.fieldwatch.reading.DeviceId;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * {@code ./fieldwatch}: dispatches to the commands; errors are one sentence and a non-zero exit.
 */
@Command(
    name = "fieldwatch",
    description = "Watches fleets of sensors; every reading is accounted for.",
    mixinStandardHelpOptions = true,
    version = "fieldwatch 0.1.0",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      TailCommand.class,
      TopCommand.class,
      ReplayCommand.class,
      AuditCommand.class,
      QuarantineCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ModelsCommand.class,
      BenchCommand.class,
      ClusterCommand.class,
      ChaosCommand.class
    },
    footer = {
      "",
      "And: test, which runs every check and test.",
      "Example: fieldwatch up --for 60s",
      "Each command explains itself with --help."
    })
public final class Cli implements Runnable {
  private static final int FAILED = 1;
  private static final List<String> PASSED_ON = List.of("evaluate", "models");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before run
  private CommandSpec spec;

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Ready to run one command and give its exit code. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Cli());
    PASSED_ON.forEach(name -> passOn(requireNonNull(line.getSubcommands().get(name))));
    return line.registerConverter(Duration.class, new DurationConverter())
        .registerConverter(DeviceId.class, DeviceId::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Cli::tell);
  }

  /** What such a command does not know belongs to the program it starts. */
  private static void passOn(CommandLine command) {
    command.setUnmatchedOptionsArePositionalParams(true).setStopAtPositional(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name a command: " + String.join(", ", spec.subcommands().keySet()));
  }

  private static int tell(Exception failure, CommandLine command, ParseResult parsed) {
    String message = failure.getMessage();
    command.getErr().println(message == null ? failure.toString() : message);
    if (System.getenv("FIELDWATCH_DEBUG") != null) {
      failure.printStackTrace(command.getErr());
    }
    return FAILED;
  }
}
