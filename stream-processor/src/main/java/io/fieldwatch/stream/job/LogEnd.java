package io.fieldwatch.stream.job;

import io.fieldwatch.topic.KafkaTopics;
import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the partitions of {@code fieldwatch.readings} begin and end. Used by one thread at a time;
 * calls block for a round trip to Kafka, at most a few seconds while it is away.
 */
final class LogEnd implements Closeable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long lastLag;

  LogEnd(Map<String, Object> kafkaParameters) {
    Map<String, Object> parameters = new HashMap<>(kafkaParameters);
    parameters.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    parameters.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    this.consumer = new KafkaConsumer<>(parameters);
  }

  /**
   * The first offset that each partition still has.
   *
   * @throws IllegalStateException if the topic does not exist
   */
  synchronized Map<Integer, Long> firstOffsets() {
    List<PartitionInfo> partitions = consumer.partitionsFor(KafkaTopics.READINGS);
    if (partitions == null || partitions.isEmpty()) {
      throw new IllegalStateException(
          "Cannot start: Kafka has no topic %s; create it first".formatted(KafkaTopics.READINGS));
    }
    Map<Integer, Long> offsets = new TreeMap<>();
    consumer
        .beginningOffsets(
            partitions.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList())
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
    return offsets;
  }

  /** How many records lie behind some offsets; the last known answer while Kafka is away. */
  synchronized long lag(Map<Integer, Long> nextOffsets) {
    try {
      long lag = 0;
      Map<TopicPartition, Long> ends =
          consumer.endOffsets(
              nextOffsets.keySet().stream()
                  .map(partition -> new TopicPartition(KafkaTopics.READINGS, partition))
                  .toList());
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        lag += Math.max(0, end.getValue() - nextOffsets.getOrDefault(end.getKey().partition(), 0L));
      }
      lastLag = lag;
    } catch (KafkaException e) {
      // The batch's results stand; a gauge that cannot be read keeps its value.
      return lastLag;
    }
    return lastLag;
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
