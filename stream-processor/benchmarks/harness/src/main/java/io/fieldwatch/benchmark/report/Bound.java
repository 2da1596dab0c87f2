package io.fieldwatch.benchmark.report;

import java.util.List;

/**
 * What is promised of a figure.
 *
 * @param figure its key in the line of JSON
 * @param title for people
 * @param floor what it must be
 * @param goal what it should be
 */
public record Bound(String figure, String title, double floor, double goal) {
  /** Of the figures that have one, in the order of the page. */
  public static final List<Bound> ALL =
      List.of(
          new Bound("sameWorkToLimit", "same work ÷ limit", 0.35, 0.7),
          new Bound("sameWorkToFlink", "same work ÷ Flink, our code, heap state", 1.0, 1.5),
          new Bound(
              "sameWorkToKafkaStreams", "same work ÷ Kafka Streams, our code, memory", 1.3, 2.5),
          new Bound("sameWorkToSql", "same work ÷ Structured Streaming, SQL", 3, 8),
          new Bound("deployedToLimit", "as deployed ÷ limit", 0.15, 0.35),
          new Bound(
              "latencyP99Seconds",
              "p99 from the append of the record that closes a window to its result, s",
              1.5,
              0.8),
          new Bound("costManyToFew", "cost per reading, most devices ÷ fewest", 1.5, 1.1),
          new Bound("stateBytesPerDevice", "state of a device in memory, bytes", 24_576, 12_288),
          new Bound("recoverySeconds", "recovery after kill -9 of the only driver, s", 30, 10),
          new Bound(
              "recoverySecondsWithStandby",
              "recovery after kill -9 of a driver with a standby, s",
              30,
              10));

  /** Whether less is better, which goal and floor show. */
  boolean isCeiling() {
    return goal < floor;
  }

  /** Whether a figure keeps it; one that is not a number does not. */
  public boolean isKeptBy(double value) {
    return isCeiling() ? value <= floor : value >= floor;
  }

  boolean isReachedBy(double value) {
    return isCeiling() ? value <= goal : value >= goal;
  }
}
