package io.fieldwatch.local.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.kafka.StatusReader;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * Measures a running stack. Call {@link #measure()} about once a second; rates are over the last
 * five measurements. For one thread.
 */
public final class FlowMeter implements AutoCloseable {
  private static final int MEASUREMENTS = 6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final InfluxQuery influxDb;
  private final StatusReader statuses;
  private final TopicReader readings;
  private final TopicReader copies;
  private final long beganAtMillis;
  private final Map<DeviceId, Map<String, Counts>> agents = new HashMap<>();
  private final Deque<Counters> history = new ArrayDeque<>();

  public FlowMeter(Endpoints endpoints, InstantSource clock) {
    this.influxDb = endpoints.influxQuery();
    this.statuses = new StatusReader(endpoints.kafkaBootstrap());
    this.readings = TopicReader.fromEnd(endpoints.kafkaBootstrap(), KafkaTopics.READINGS);
    this.copies = TopicReader.fromEnd(endpoints.kafkaBootstrap(), KafkaTopics.STATUS);
    this.beganAtMillis = clock.millis();
  }

  /**
   * Asks every hop. Blocks for a fraction of a second where all are well.
   *
   * @throws IOException if InfluxDB does not answer
   */
  public Flow measure() throws IOException, InterruptedException {
    statuses.readNew(this::keep);
    Row sums = pipeline("sum(readings) AS readings, sum(flagged) AS flagged");
    Row last = pipeline("last(lag_packs) AS lag_packs");
    Row latency = latency();
    Counters now =
        new Counters(
            System.nanoTime(),
            total(Counts::producedReadings),
            total(Counts::acknowledgedReadings),
            total(Counts::spoolPacks),
            packsWritten(),
            sums.count("readings"),
            sums.count("flagged"),
            pointsWritten());
    history.addLast(now);
    if (history.size() > MEASUREMENTS) {
      history.removeFirst();
    }
    return flow(history.getFirst(), now, last.count("lag_packs"), latency);
  }

  private static Flow flow(Counters then, Counters now, long lagPacks, Row latency) {
    return new Flow(
        rate(then, now, Counters::produced),
        rate(then, now, Counters::acknowledged),
        rate(then, now, Counters::kafkaPacks),
        rate(then, now, Counters::processed),
        rate(then, now, Counters::points),
        latency.number("p50"),
        latency.number("p99"),
        now.spoolPacks(),
        lagPacks,
        now.flagged());
  }

  static double rate(Counters then, Counters now, ToLongFunction<Counters> counter) {
    double seconds = (now.atNanos() - then.atNanos()) / NANOS_PER_SECOND;
    // A server that restarted counts from zero again; that is no negative rate.
    long grown = Math.max(0, counter.applyAsLong(now) - counter.applyAsLong(then));
    return seconds > 0 ? grown / seconds : 0;
  }

  private void keep(DeviceId device, DeviceStatus status) {
    status
        .counts()
        .ifPresent(
            counts ->
                agents.computeIfAbsent(device, key -> new HashMap<>()).put(status.epoch(), counts));
  }

  private long total(ToLongFunction<Counts> counter) {
    return agents.values().stream()
        .flatMap(epochs -> epochs.values().stream())
        .mapToLong(counter)
        .sum();
  }

  private Row pipeline(String columns) throws IOException, InterruptedException {
    return first(
        influxDb.run("SELECT " + columns + " FROM pipeline WHERE time >= " + beganAtMillis + "ms"));
  }

  /** The worst of the last seconds: a mean of percentiles would be no percentile of anything. */
  private Row latency() throws IOException, InterruptedException {
    return first(
        influxDb.run(
            "SELECT max(latency_p50_ms) AS p50, max(latency_p99_ms) AS p99 FROM pipeline"
                + " WHERE time > now() - 10s AND latency_count > 0"));
  }

  /** Every status message lies among the packs once more. */
  private long packsWritten() {
    return readings.written() - copies.written();
  }

  private long pointsWritten() throws IOException, InterruptedException {
    for (JsonNode part : influxDb.serverCounters()) {
      if (part.path("name").asText().equals("httpd")) {
        return part.path("values").path("pointsWrittenOK").asLong();
      }
    }
    return 0;
  }

  private static Row first(List<Row> rows) {
    return rows.isEmpty() ? new Row("", Map.of(), Map.of()) : rows.get(0);
  }

  /** A number of milliseconds for people. */
  static String millis(OptionalDouble millis) {
    return millis.isEmpty() ? "–" : "%.2f s".formatted(millis.getAsDouble() / 1_000);
  }

  @Override
  public void close() {
    statuses.close();
    readings.close();
    copies.close();
  }
}
