package io.fieldwatch.benchmark.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads an output topic from its beginning. Used by one thread. */
abstract class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  TopicReader(String bootstrap, String topic, int count) {
    this.partitions =
        IntStream.range(0, count)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                64 << 10),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** A record of the output topic. */
  abstract void accept(ConsumerRecord<byte[], byte[]> record);

  /**
   * Takes what is there; blocks a short time if there is nothing.
   *
   * @return whether there was something
   */
  public final boolean look() {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      accept(record);
      any = true;
    }
    return any;
  }

  /** Takes what has been appended until now. */
  public final void finish() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      look();
    }
  }

  @Override
  public final void close() {
    consumer.close();
  }
}
