package io.fieldwatch.stream.job;

import io.fieldwatch.topic.KafkaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Records found in a partition that is not their key's, because their producer did not know yet
 * that the topic had grown. The state of their device is elsewhere, so they are sent again to where
 * it is: the same key, value, headers and time. A task that runs again sends them again, and
 * deduplication makes that harmless. For one task, used by one thread.
 */
final class Strays {
  private final KafkaProducer<byte[], byte[]> producer;
  private final int partitions;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>(0);

  /**
   * @param partitions how many the topic has
   */
  Strays(KafkaProducer<byte[], byte[]> producer, int partitions) {
    this.producer = producer;
    this.partitions = partitions;
  }

  /** Sends a record to its own partition. Does not wait. */
  void sendHome(ConsumerRecord<byte[], byte[]> record) {
    pending.add(
        producer.send(
            new ProducerRecord<>(
                KafkaTopics.READINGS,
                KeyPartition.of(record.key(), partitions),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers())));
  }

  int count() {
    return pending.size();
  }

  /**
   * Waits until Kafka has all of them.
   *
   * @throws ExecutionException if it has not taken one
   */
  void await() throws InterruptedException, ExecutionException {
    for (Future<RecordMetadata> send : pending) {
      send.get();
    }
  }
}
