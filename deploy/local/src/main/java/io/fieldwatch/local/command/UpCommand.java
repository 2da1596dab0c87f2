package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.StackPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the whole pipeline and shows it until it is stopped. */
@Command(
    name = "up",
    description = {
      "Starts the whole pipeline on this machine and shows what flows through it.",
      "Ctrl-C stops everything; the next up goes on with the same data."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch up --fresh --for 60s"})
public final class UpCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Option(names = "--fresh", description = "Start empty: deletes the data of earlier runs.")
  private boolean fresh;

  @Option(
      names = "--standby",
      description = {
        "Start a second driver of the stream job, which goes on within seconds if the first one"
            + " dies.",
        "Takes another 1.5 GiB of memory."
      })
  private boolean standby;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop after this long (60s, 5m); exit code 0 only if the audit balances.")
  private @Nullable Duration runFor;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackPlan plan = Demo.plan(stackOption);
    plan = fresh ? plan.fresh() : plan;
    plan = standby ? plan.withStandby() : plan;
    return new LivePipeline(plan, Welcome::lines, runFor).run();
  }
}
