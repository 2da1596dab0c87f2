package io.fieldwatch.stream.job;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records to Kafka. Thread safe. */
@FunctionalInterface
public interface RecordSender {
  /**
   * Begins to send a record; blocks only while the sender's memory is full.
   *
   * @return ends when Kafka has the record, and fails when it will not take it
   */
  Future<?> send(ProducerRecord<byte[], byte[]> record);
}
