package io.fieldwatch.stream.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one task has sent to Kafka and must see taken before it ends. Used by one thread. */
final class PendingSends {
  private final RecordSender sender;
  private final List<Future<?>> pending = new ArrayList<>(0);

  PendingSends(RecordSender sender) {
    this.sender = sender;
  }

  /** Sends a record. Does not wait, unless the producer's memory is full. */
  void add(ProducerRecord<byte[], byte[]> record) {
    pending.add(sender.send(record));
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
    for (Future<?> send : pending) {
      send.get();
    }
  }
}
