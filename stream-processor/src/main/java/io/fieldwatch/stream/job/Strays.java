package io.fieldwatch.stream.job;

import io.fieldwatch.topic.KafkaTopics;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records found in a partition that is not their key's, because their producer did not know yet
 * that the topic had grown. The state of their device is elsewhere, so they are sent again to where
 * it is: the same key, value, headers and time. A task that runs again sends them again, and
 * deduplication makes that harmless. For one task, used by one thread.
 */
final class Strays {
  private final PendingSends pending;
  private final int partitions;

  /**
   * @param partitions how many the topic has
   */
  Strays(RecordSender sender, int partitions) {
    this.pending = new PendingSends(sender);
    this.partitions = partitions;
  }

  /** Sends a record to its own partition. Does not wait. */
  void sendHome(ConsumerRecord<byte[], byte[]> record) {
    pending.add(
        new ProducerRecord<>(
            KafkaTopics.READINGS,
            KeyPartition.of(record.key(), partitions),
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers()));
  }

  int count() {
    return pending.count();
  }

  /**
   * Waits until Kafka has all of them.
   *
   * @throws ExecutionException if it has not taken one
   */
  void await() throws InterruptedException, ExecutionException {
    pending.await();
  }
}
