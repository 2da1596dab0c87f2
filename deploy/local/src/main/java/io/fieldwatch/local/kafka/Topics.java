package io.fieldwatch.local.kafka;

import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of docs/reference/contracts.md. */
public final class Topics {
  public static final int READINGS_PARTITIONS = 4;

  /** How many copies there are of a partition. */
  private static final short AS_BROKERS_SAY = -1;

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 200;

  private static final List<NewTopic> OTHERS =
      List.of(
          // The audit reads it whole, so it holds days, in files small enough to be deleted.
          new NewTopic(KafkaTopics.STATUS, 1, AS_BROKERS_SAY)
              .configs(
                  Map.of(
                      "retention.ms", hours(7 * 24),
                      "retention.bytes", mebibytes(512),
                      "segment.bytes", mebibytes(32))),
          new NewTopic(KafkaTopics.QUARANTINE, 1, AS_BROKERS_SAY)
              .configs(
                  Map.of(
                      "retention.ms", hours(7 * 24),
                      "max.message.bytes", mebibytes(5))),
          new NewTopic(KafkaTopics.REPLAYED, 1, AS_BROKERS_SAY)
              .configs(Map.of("cleanup.policy", "compact", "segment.bytes", mebibytes(32))));

  private Topics() {}

  private static NewTopic readings(int partitions) {
    return new NewTopic(KafkaTopics.READINGS, partitions, AS_BROKERS_SAY)
        .configs(Map.of("retention.ms", hours(24)));
  }

  /** As {@link #create(String, int)}, with {@value #READINGS_PARTITIONS} partitions. */
  public static void create(String bootstrap) throws IOException, InterruptedException {
    create(bootstrap, READINGS_PARTITIONS);
  }

  /**
   * Creates those that are missing; changes nothing else. Blocks for at most a minute, also for
   * brokers that are still on their way.
   *
   * @param readingsPartitions of the topic of the readings
   */
  public static void create(String bootstrap, int readingsPartitions)
      throws IOException, InterruptedException {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) BOUND.toMillis());
    try (Admin admin = Admin.create(config)) {
      long giveUp = System.nanoTime() + BOUND.toNanos();
      List<NewTopic> all = new ArrayList<>(OTHERS);
      all.add(readings(readingsPartitions));
      for (NewTopic topic : all) {
        while (!create(admin, topic, giveUp)) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    }
  }

  /** Whether it is there now; false while there are too few brokers for its copies. */
  private static boolean create(Admin admin, NewTopic topic, long giveUp)
      throws IOException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return true;
      }
      if (e.getCause() instanceof InvalidReplicationFactorException && System.nanoTime() < giveUp) {
        return false;
      }
      throw new IOException("Cannot create topic " + topic.name(), e.getCause());
    }
  }

  private static String hours(int hours) {
    return Long.toString(hours * 3_600_000L);
  }

  private static String mebibytes(int mebibytes) {
    return Integer.toString(mebibytes << 20);
  }
}
