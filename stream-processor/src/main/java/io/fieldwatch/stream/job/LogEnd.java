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
  private final List<TopicPartition> partitions;

  /**
   * Connects and looks the partitions up.
   *
   * @throws KafkaException while Kafka is away
   * @throws IllegalStateException if the topic does not exist
   */
  LogEnd(Map<String, Object> kafkaParameters) {
    Map<String, Object> parameters = new HashMap<>(kafkaParameters);
    parameters.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    parameters.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    this.consumer = new KafkaConsumer<>(parameters);
    try {
      this.partitions = partitions(consumer);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> known = consumer.partitionsFor(KafkaTopics.READINGS);
    if (known == null || known.isEmpty()) {
      throw new IllegalStateException(
          "Cannot start: Kafka has no topic %s; create it first".formatted(KafkaTopics.READINGS));
    }
    return known.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  /** How many partitions the topic had when this object was made. */
  int partitions() {
    return partitions.size();
  }

  /** The first offset that each partition still has. */
  synchronized Map<Integer, Long> firstOffsets() {
    Map<Integer, Long> offsets = new TreeMap<>();
    consumer
        .beginningOffsets(partitions)
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
    return offsets;
  }

  /**
   * The offset behind the last record of each partition.
   *
   * @throws KafkaException while Kafka is away
   */
  synchronized Map<Integer, Long> endOffsets() {
    Map<Integer, Long> offsets = new TreeMap<>();
    consumer
        .endOffsets(partitions)
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
    return offsets;
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
