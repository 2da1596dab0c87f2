package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.SparkCluster;
import io.fieldwatch.local.stack.SparkCluster.Executor;
import io.fieldwatch.local.stack.SparkCluster.SparkDriver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows where the job runs and how its tasks are spread. */
@Command(
    name = "status",
    description =
        "The job's driver, and how its tasks are spread over the executors; exits 1 without.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster status"})
final class ClusterStatusCommand implements Callable<Integer> {
  @Mixin private ClusterOption clusterOption = new ClusterOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    SparkCluster cluster = clusterOption.running();
    Optional<SparkDriver> driver = cluster.driver();
    if (driver.isEmpty()) {
      System.out.println("No job runs on the cluster; submit it with ./fieldwatch cluster submit");
      return 1;
    }
    System.out.printf(
        "%s %s on %s%n", driver.get().id(), driver.get().state(), driver.get().worker());
    if (!driver.get().state().equals("RUNNING")) {
      return 1;
    }
    System.out.println("log: " + cluster.logFolder(driver.get()));
    print(cluster.executors());
    return 0;
  }

  private static void print(List<Executor> executors) {
    long all = executors.stream().mapToLong(Executor::tasks).sum();
    System.out.printf(
        "%n%-10s %-22s %8s %7s %8s %10s%n",
        "executor", "address", "tasks", "share", "failed", "busy");
    for (Executor executor : executors) {
      System.out.printf(
          "%-10s %-22s %8d %6.0f%% %8d %8.1f s%n",
          executor.id(),
          executor.address(),
          executor.tasks(),
          100.0 * executor.tasks() / Math.max(1, all),
          executor.failedTasks(),
          executor.busy().toMillis() / 1e3);
    }
  }
}
