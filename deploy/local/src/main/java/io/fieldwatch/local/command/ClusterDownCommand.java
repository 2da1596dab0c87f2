package io.fieldwatch.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the cluster and the pipeline around it. */
@Command(
    name = "down",
    description = {
      "Stops the job, the cluster and the pipeline around it, in order; ends what a killed launcher",
      "left behind. The data stay for the next up."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster down"})
final class ClusterDownCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return DownCommand.end(stackOption.data());
  }
}
