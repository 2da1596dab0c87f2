package io.fieldwatch.local.kafka;

import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What an operator does to the topic of the readings. Every call waits for Kafka, at most for half
 * a minute, and throws {@link IOException} where Kafka refuses.
 */
public final class ReadingsTopic implements AutoCloseable {
  private final Admin admin;

  public ReadingsTopic(String bootstrap) {
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                30_000));
  }

  /** Its partitions, ascending. */
  public List<TopicPartition> partitions() throws IOException, InterruptedException {
    Map<String, TopicDescription> topics =
        await(admin.describeTopics(List.of(KafkaTopics.READINGS)).allTopicNames());
    return topics.values().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(info -> new TopicPartition(KafkaTopics.READINGS, info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  /** Gives it more partitions. */
  public void growTo(int partitions) throws IOException, InterruptedException {
    await(
        admin
            .createPartitions(Map.of(KafkaTopics.READINGS, NewPartitions.increaseTo(partitions)))
            .all());
  }

  /** The offset after the last record of each partition. */
  public Map<TopicPartition, Long> ends() throws IOException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        await(admin.listOffsets(latest).all()).entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }

  /** Deletes what lies before these offsets, as retention would in time. */
  public void deleteBefore(Map<TopicPartition, Long> offsets)
      throws IOException, InterruptedException {
    Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> deletions.put(partition, RecordsToDelete.beforeOffset(offset)));
    await(admin.deleteRecords(deletions).all());
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T await(KafkaFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("Cannot change " + KafkaTopics.READINGS + " in Kafka", e.getCause());
    }
  }
}
