package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's retention passes records that the job has not read. */
class RetentionIT {
  private static final int PARTITIONS = 4;
  private static final Duration BOUND = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void the_gap_is_named_and_the_job_goes_on() throws Exception {
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", "2s")
            .start()) {
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      String kafka = stack.endpoints().kafkaBootstrap();
      try (SeededLoad load = new SeededLoad(kafka, 1, "one", 20, 2_000)) {
        awaitMoreStored(influx);

        // When it happens while the job is down
        stack.streamJob().kill();
        awaitMoreRecords(load);
        deleteAll(kafka);
        stack.streamJob().start();

        // Then
        await().atMost(BOUND).until(() -> missing(influx) > 0);
        awaitMoreStored(influx);
        double before = missing(influx);

        // When it happens while the job runs and cannot keep up
        stack.influxDb().kill();
        awaitMoreRecords(load);
        deleteAll(kafka);
        awaitMoreRecords(load);
        stack.influxDb().start();

        // Then
        await().atMost(BOUND).until(() -> missing(influx) > before);
        awaitMoreStored(influx);
      }
      stack.streamJob().stop();
      assertThat(stack.streamJob().exitCode()).hasValue(0);
    }
  }

  /** Deletes every record that is there now, as retention would in time. */
  private static void deleteAll(String bootstrap) throws Exception {
    Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (Admin admin = Admin.create(config)) {
      Map<TopicPartition, OffsetSpec> ends =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(KafkaTopics.READINGS, partition))
              .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      Map<TopicPartition, RecordsToDelete> all =
          admin.listOffsets(ends).all().get().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      end -> RecordsToDelete.beforeOffset(end.getValue().offset())));
      admin.deleteRecords(all).all().get();
    }
  }

  private static void awaitMoreRecords(SeededLoad load) {
    long before = load.records();
    await().atMost(BOUND).until(() -> load.records() > before + 500);
  }

  private static void awaitMoreStored(InfluxQuery influx) throws Exception {
    double before = sum(influx, "readings", "pipeline");
    await().atMost(BOUND).until(() -> sum(influx, "readings", "pipeline") > before + 5_000);
  }

  private static double missing(InfluxQuery influx) throws IOException, InterruptedException {
    return sum(influx, "records", "pipeline_gap");
  }

  private static double sum(InfluxQuery influx, String field, String measurement)
      throws IOException, InterruptedException {
    List<Row> rows = influx.run("SELECT sum(%s) AS total FROM %s".formatted(field, measurement));
    return rows.isEmpty() ? 0 : rows.get(0).number("total").orElse(0);
  }
}
