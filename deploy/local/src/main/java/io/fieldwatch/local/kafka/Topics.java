package io.fieldwatch.local.kafka;

import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of docs/reference/contracts.md, on one broker. */
public final class Topics {
  private static final short ONE_COPY = 1;

  private static final List<NewTopic> ALL =
      List.of(
          new NewTopic(KafkaTopics.READINGS, 4, ONE_COPY)
              .configs(Map.of("retention.ms", hours(24))),
          // The audit reads it whole, so it holds days, in files small enough to be deleted.
          new NewTopic(KafkaTopics.STATUS, 1, ONE_COPY)
              .configs(
                  Map.of(
                      "retention.ms", hours(7 * 24),
                      "retention.bytes", mebibytes(512),
                      "segment.bytes", mebibytes(32))),
          new NewTopic(KafkaTopics.QUARANTINE, 1, ONE_COPY)
              .configs(
                  Map.of(
                      "retention.ms", hours(7 * 24),
                      "max.message.bytes", mebibytes(5))),
          new NewTopic(KafkaTopics.REPLAYED, 1, ONE_COPY)
              .configs(Map.of("cleanup.policy", "compact", "segment.bytes", mebibytes(32))));

  private Topics() {}

  /** Creates those that are missing; changes nothing else. Blocks for at most 30 seconds. */
  public static void create(String bootstrap) throws IOException, InterruptedException {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            30_000);
    try (Admin admin = Admin.create(config)) {
      for (var created : admin.createTopics(ALL).values().entrySet()) {
        try {
          created.getValue().get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new IOException("Cannot create topic " + created.getKey(), e.getCause());
          }
        }
      }
    }
  }

  private static String hours(int hours) {
    return Long.toString(hours * 3_600_000L);
  }

  private static String mebibytes(int mebibytes) {
    return Integer.toString(mebibytes << 20);
  }
}
