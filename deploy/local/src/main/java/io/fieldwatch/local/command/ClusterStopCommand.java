package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.SparkCluster.SparkDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stream job on the cluster. */
@Command(
    name = "stop",
    description = {
      "Stops the stream job: it ends its batch and writes a snapshot. Kafka holds what comes until",
      "the next submit, which goes on from there."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster stop"})
final class ClusterStopCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofSeconds(100);

  @Mixin private ClusterOption clusterOption = new ClusterOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<SparkDriver> stopped = clusterOption.running().stop(BOUND);
    System.out.println(
        stopped.map(driver -> "Stopped " + driver.id()).orElse("No job runs on the cluster"));
    return 0;
  }
}
