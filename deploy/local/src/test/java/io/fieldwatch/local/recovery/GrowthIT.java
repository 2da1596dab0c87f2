package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.kafka.ReadingsTopic;
import io.fieldwatch.local.stack.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topic gets more partitions while a producer goes on that does not know of them. */
class GrowthIT {
  private static final int MORE_PARTITIONS = 7;

  @TempDir private Path folder;

  @Test
  void a_restart_splits_the_state_and_loses_nothing() throws Exception {
    try (Pipeline pipeline = Pipeline.in(folder)) {
      Stack stack = pipeline.stack();
      try (SeededLoad old = pipeline.load(1, "one")) {
        // Given
        Pipeline.awaitUntil(() -> old.records() > 500);
        pipeline.awaitMoreStored(10_000);
        stack.streamJob().stop();
        assertThat(stack.streamJob().exitCode()).hasValue(0);

        // When
        try (ReadingsTopic topic = new ReadingsTopic(stack.endpoints().kafkaBootstrap())) {
          topic.growTo(MORE_PARTITIONS);
        }
        stack.streamJob().start();

        // Then the records of the old producer are sent to where their devices are now
        Pipeline.awaitUntil(() -> pipeline.sum("strays", "pipeline") > 100);
      }
      try (SeededLoad current = pipeline.load(2, "two")) {
        Pipeline.awaitUntil(() -> current.records() > 500);
        pipeline.awaitMoreStored(10_000);
        stack.streamJob().kill();
        stack.streamJob().start();
      }
      Finding finding = Auditor.audit(stack.endpoints(), Pipeline.BOUND);
      assertThat(finding.proven()).as("%s", finding).isTrue();
    }
  }
}
