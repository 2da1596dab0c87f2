package io.fieldwatch.kubernetes;

import java.util.regex.Pattern;

/**
 * What differs from one Kubernetes cluster to another.
 *
 * @param namespace for all objects; made by the manifests
 * @param image with Spark and the job, as deploy/kubernetes/Dockerfile builds it
 * @param executors how many executor pods
 * @param kafka bootstrap servers, host:port with commas between them
 * @param influxDb its URL
 * @param hdfs the URI of the file system that keeps the state
 */
public record Site(
    String namespace, String image, int executors, String kafka, String influxDb, String hdfs) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The example in this tree. */
  public static final Site EXAMPLE =
      new Site(
          "fieldwatch",
          "registry.example.org/fieldwatch/stream:0.1.0",
          3,
          "kafka-bootstrap.kafka:9092",
          "http://influxdb.influxdb:8086",
          "hdfs://namenode.hdfs:8020");

  public Site {
    if (!LABEL.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "Cannot use namespace '" + namespace + "': it must match " + LABEL.pattern());
    }
    if (image.isBlank()) {
      throw new IllegalArgumentException("Cannot use an image without a name");
    }
    if (executors < 1) {
      throw new IllegalArgumentException(
          "Cannot use " + executors + " executors: it must be 1 or more");
    }
  }
}
