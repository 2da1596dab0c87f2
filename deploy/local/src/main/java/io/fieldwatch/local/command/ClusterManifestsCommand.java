package io.fieldwatch.local.command;

import io.fieldwatch.kubernetes.Manifests;
import io.fieldwatch.kubernetes.Site;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a Kubernetes cluster is told to run the stream job. */
@Command(
    name = "manifests",
    description = "Prints the Kubernetes manifests of the stream job, for kubectl apply -f -.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch cluster manifests --image registry/stream:1 --executors 6"})
final class ClusterManifestsCommand implements Callable<Integer> {
  @Option(names = "--namespace", description = "Of all objects (default: fieldwatch).")
  private String namespace = Site.EXAMPLE.namespace();

  @Option(names = "--image", description = "As deploy/kubernetes/Dockerfile builds it.")
  private String image = Site.EXAMPLE.image();

  @Option(names = "--executors", paramLabel = "N", description = "How many pods run tasks.")
  private int executors = Site.EXAMPLE.executors();

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Bootstrap servers.")
  private String kafka = Site.EXAMPLE.kafka();

  @Option(names = "--influxdb", paramLabel = "URL", description = "Where results go.")
  private String influxDb = Site.EXAMPLE.influxDb();

  @Option(names = "--hdfs", paramLabel = "URI", description = "Where the state is kept.")
  private String hdfs = Site.EXAMPLE.hdfs();

  @Override
  public Integer call() throws IOException {
    try {
      System.out.print(
          Manifests.yaml(new Site(namespace, image, executors, kafka, influxDb, hdfs)));
      return 0;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
