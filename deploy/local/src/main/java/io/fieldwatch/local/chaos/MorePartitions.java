package io.fieldwatch.local.chaos;

import io.fieldwatch.local.kafka.ReadingsTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Doubles the partitions under load. The connector's producer learns of them at its restart, so
 * from then on half of the devices write to other partitions than those in which their past is; the
 * job is killed, not stopped, so that records of theirs are still unread in the old ones.
 */
final class MorePartitions {
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private MorePartitions() {}

  static void strike(Scene scene) throws IOException, InterruptedException {
    scene.letRun(SHORTEST, LONGEST);
    try (ReadingsTopic topic = new ReadingsTopic(scene.stack().endpoints().kafkaBootstrap())) {
      int before = topic.partitions().size();
      scene.stack().streamJob().kill();
      topic.growTo(2 * before);
      scene.stack().connect().restart();
      scene.letRun(SHORTEST, LONGEST);
      scene.stack().streamJob().start();
      scene.say("%d partitions became %d".formatted(before, 2 * before));
      long inNew =
          topic.ends().entrySet().stream()
              .filter(end -> end.getKey().partition() >= before)
              .mapToLong(Map.Entry::getValue)
              .sum();
      scene.require(inNew > 0, "no device writes to a new partition");
    }
  }
}
