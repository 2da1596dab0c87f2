package io.fieldwatch.local.kafka;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic without a group, so that it leaves no trace. For one thread. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(String bootstrap, String topic) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 << 20,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                // A topic whose head was deleted meanwhile is read from what is left.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    consumer.assign(partitions);
  }

  /** Positioned before the first record that is still kept. */
  public static TopicReader fromBeginning(String bootstrap, String topic) {
    TopicReader reader = new TopicReader(bootstrap, topic);
    reader.consumer.seekToBeginning(reader.partitions);
    return reader;
  }

  /** Positioned behind the last record. */
  public static TopicReader fromEnd(String bootstrap, String topic) {
    TopicReader reader = new TopicReader(bootstrap, topic);
    reader.consumer.seekToEnd(reader.partitions);
    reader.partitions.forEach(reader.consumer::position);
    return reader;
  }

  /** Hands over what has come; waits for at most 200 ms where nothing has. */
  public void readSome(Consumer<ConsumerRecord<byte[], byte[]>> to) {
    consumer.poll(POLL).forEach(to);
  }

  /**
   * Hands over everything up to the end as it is now.
   *
   * @throws IllegalStateException if the end is not reached within the bound
   */
  public void readToEnd(Duration bound, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    readToEnd(partitions, bound, to);
  }

  private void readToEnd(
      List<TopicPartition> some, Duration bound, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    Map<TopicPartition, Long> end = consumer.endOffsets(some);
    long giveUp = System.nanoTime() + bound.toNanos();
    while (!hasReached(end)) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException(
            "Cannot read %s to its end within %s".formatted(some, bound));
      }
      readSome(to);
    }
  }

  /**
   * As {@link #readToEnd}, the lowest partition first and each to its end: a device that moved when
   * partitions were doubled moved upwards, so its records stay in order.
   */
  public void readInTurn(Duration bound, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    for (TopicPartition partition : partitions) {
      consumer.pause(partitions);
      consumer.resume(List.of(partition));
      readToEnd(List.of(partition), bound, to);
    }
    consumer.resume(partitions);
  }

  /** Where the topic ends now, by partition. */
  public Map<TopicPartition, Long> end() {
    return consumer.endOffsets(partitions);
  }

  /** Whether everything before an {@link #end} was handed over. */
  public boolean hasReached(Map<TopicPartition, Long> end) {
    return end.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  /** How many records were ever written, all partitions together. */
  public long written() {
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
