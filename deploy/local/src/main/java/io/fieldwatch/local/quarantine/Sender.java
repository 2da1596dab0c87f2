package io.fieldwatch.local.quarantine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to Kafka in order, with acknowledgement by all replicas. For one thread. */
final class Sender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();

  /** What Kafka said to a record. */
  enum Answer {
    TAKEN,
    /** The topic's bound is lower. */
    TOO_LARGE
  }

  Sender(String bootstrap) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 << 20,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Does not wait for the answer. */
  void send(ProducerRecord<byte[], byte[]> record) {
    pending.add(producer.send(record));
  }

  /**
   * Waits for the answers to all that was sent since the last call.
   *
   * @return one for each record, in the order of sending
   * @throws IOException if Kafka did not answer
   */
  List<Answer> await() throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>(pending.size());
    try {
      for (Future<RecordMetadata> sent : pending) {
        answers.add(answer(sent));
      }
    } finally {
      pending.clear();
    }
    return answers;
  }

  @Override
  public void close() {
    producer.close();
  }

  private static Answer answer(Future<RecordMetadata> sent)
      throws IOException, InterruptedException {
    try {
      sent.get();
      return Answer.TAKEN;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        return Answer.TOO_LARGE;
      }
      throw new IOException("Cannot write to Kafka: " + e.getCause(), e);
    }
  }
}
