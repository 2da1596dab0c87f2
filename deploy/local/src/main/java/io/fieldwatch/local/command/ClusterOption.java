package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.SparkCluster;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Which cluster a command is about. */
final class ClusterOption {
  @Mixin private StackOption stackOption = new StackOption();

  /**
   * The cluster that runs there.
   *
   * @throws IOException if none does
   */
  SparkCluster running() throws IOException {
    if (stackOption.data().pidFile("spark-master").process().isEmpty()) {
      throw new IOException(
          "Cannot find a running cluster in %s: start one with ./fieldwatch cluster up"
              .formatted(stackOption.data().path()));
    }
    return SparkCluster.of(stackOption.installation(), stackOption.data());
  }
}
