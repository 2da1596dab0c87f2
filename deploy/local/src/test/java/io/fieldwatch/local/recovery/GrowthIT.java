package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topic gets more partitions while a producer goes on that does not know of them. */
class GrowthIT {
  private static final int DEVICES = 20;
  private static final int MORE_PARTITIONS = 7;
  private static final Duration BOUND = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void a_restart_splits_the_state_and_loses_nothing() throws Exception {
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", "2s")
            .start()) {
      InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
      String kafka = stack.endpoints().kafkaBootstrap();
      try (SeededLoad old = new SeededLoad(kafka, 1, "one", DEVICES, 2_000)) {
        // Given
        await().atMost(BOUND).until(() -> old.records() > 0 && sum(influx, "readings") > 10_000);
        stack.streamJob().stop();
        assertThat(stack.streamJob().exitCode()).hasValue(0);

        // When
        grow(kafka);
        stack.streamJob().start();

        // Then the records of the old producer are sent to where their devices are now
        await().atMost(BOUND).until(() -> sum(influx, "strays") > 100);
      }
      try (SeededLoad current = new SeededLoad(kafka, 2, "two", DEVICES, 2_000)) {
        double before = sum(influx, "readings");
        await()
            .atMost(BOUND)
            .until(() -> current.records() > 0 && sum(influx, "readings") > before + 10_000);
        stack.streamJob().kill();
        stack.streamJob().start();
      }
      Finding finding = Auditor.audit(stack.endpoints(), BOUND);
      assertThat(finding.proven()).as("%s", finding).isTrue();
    }
  }

  private static void grow(String bootstrap) throws Exception {
    Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (Admin admin = Admin.create(config)) {
      admin
          .createPartitions(Map.of(KafkaTopics.READINGS, NewPartitions.increaseTo(MORE_PARTITIONS)))
          .all()
          .get();
    }
  }

  private static double sum(InfluxQuery influx, String field)
      throws IOException, InterruptedException {
    List<Row> rows = influx.run("SELECT sum(%s) AS total FROM pipeline".formatted(field));
    return rows.isEmpty() ? 0 : rows.get(0).number("total").orElse(0);
  }
}
