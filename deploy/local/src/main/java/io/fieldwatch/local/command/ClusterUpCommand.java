package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.StackPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the pipeline with a Spark cluster in the place of the stream job. */
@Command(
    name = "up",
    description = {
      "Starts the pipeline with a Spark Master and two Workers, and shows what flows through it.",
      "The stream job is submitted from another terminal. Ctrl-C stops everything; the data are those",
      "of ./fieldwatch up, which can go on with them."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster up --fresh"})
final class ClusterUpCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Option(names = "--fresh", description = "Start empty: deletes the data of earlier runs.")
  private boolean fresh;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop after this long (5m, 1h); exit code 0 only if the audit balances.")
  private @Nullable Duration runFor;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackPlan plan = Demo.plan(stackOption).onSparkCluster();
    return new LivePipeline(fresh ? plan.fresh() : plan, Welcome::clusterLines, runFor).run();
  }
}
