package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.SparkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Submits the stream job to the cluster. */
@Command(
    name = "submit",
    description = {
      "Copies the stream job's jars and configuration to HDFS and submits it to the Master",
      "(--deploy-mode cluster --supervise): the driver runs on a Worker and is started again when it",
      "or its Worker dies."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster submit --replace"})
final class ClusterSubmitCommand implements Callable<Integer> {
  private static final Duration STOP_BOUND = Duration.ofSeconds(100);

  @Mixin private ClusterOption clusterOption = new ClusterOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The job's configuration (default: the one of ./fieldwatch up).")
  private @Nullable Path config;

  @Option(
      names = "--replace",
      description = "First stop the job that runs; the new one goes on where it ended.")
  private boolean replace;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SparkCluster cluster = clusterOption.running();
    String text = config == null ? cluster.defaultConfig() : read(config);
    if (replace) {
      cluster.stop(STOP_BOUND).ifPresent(driver -> System.out.println("Stopped " + driver.id()));
    }
    System.out.println("Copying jars and configuration to HDFS, then submitting");
    System.out.println("Submitted " + cluster.submit(text));
    System.out.println("Look at it with ./fieldwatch cluster status");
    return 0;
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IOException("Cannot read configuration " + file + ": " + e, e);
    }
  }
}
