package io.fieldwatch.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The pipeline with the job on a Spark cluster: starting it, submitting, looking, stopping. */
@Command(
    name = "cluster",
    description = "The pipeline with the stream job on a Spark cluster: a Master and two Workers.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ClusterUpCommand.class,
      ClusterSubmitCommand.class,
      ClusterStatusCommand.class,
      ClusterStopCommand.class,
      ClusterDownCommand.class,
      ClusterManifestsCommand.class
    },
    footer = {
      "",
      "Example: fieldwatch cluster up",
      "         fieldwatch cluster submit      (in another terminal)",
      "         fieldwatch cluster status"
    })
public final class ClusterCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name one of: " + String.join(", ", spec.subcommands().keySet()));
  }
}
