package io.fieldwatch.stream.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What one task has sent to Kafka and must see taken before it ends. Used by one thread. */
final class PendingSends {
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>(0);

  PendingSends(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Sends a record. Does not wait, unless the producer's memory is full. */
  void add(ProducerRecord<byte[], byte[]> record) {
    pending.add(producer.send(record));
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
