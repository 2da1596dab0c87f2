package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.kafka.ReadingsTopic;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's retention passes records that the job has not read. */
class RetentionIT {
  @TempDir private Path folder;

  @Test
  void the_gap_is_named_and_the_job_goes_on() throws Exception {
    try (Pipeline pipeline = Pipeline.in(folder)) {
      Stack stack = pipeline.stack();
      try (SeededLoad load = pipeline.load(1, "one");
          ReadingsTopic topic = new ReadingsTopic(stack.endpoints().kafkaBootstrap())) {
        pipeline.awaitMoreStored(5_000);

        // When it happens while the job is down
        stack.streamJob().kill();
        awaitMoreRecords(load);
        topic.deleteBefore(topic.ends());
        stack.streamJob().start();

        // Then
        Pipeline.awaitUntil(() -> missing(pipeline) > 0);
        pipeline.awaitMoreStored(5_000);
        double before = missing(pipeline);

        // When it happens while the job runs and cannot keep up
        stack.influxDb().kill();
        awaitMoreRecords(load);
        topic.deleteBefore(topic.ends());
        awaitMoreRecords(load);
        stack.influxDb().start();

        // Then
        Pipeline.awaitUntil(() -> missing(pipeline) > before);
        pipeline.awaitMoreStored(5_000);
      }
      stack.streamJob().stop();
      assertThat(stack.streamJob().exitCode()).hasValue(0);
    }
  }

  private static void awaitMoreRecords(SeededLoad load) {
    long before = load.records();
    Pipeline.awaitUntil(() -> load.records() > before + 500);
  }

  private static double missing(Pipeline pipeline) throws IOException, InterruptedException {
    return pipeline.sum("records", "pipeline_gap");
  }
}
