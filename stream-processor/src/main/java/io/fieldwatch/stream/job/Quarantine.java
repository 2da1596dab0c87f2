package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.topic.KafkaTopics;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes to {@code fieldwatch.quarantine}, with acknowledgement by all replicas. Thread safe. */
final class Quarantine {
  private final RecordSender sender;

  Quarantine(RecordSender sender) {
    this.sender = sender;
  }

  /** The messages of one task; used by one thread. */
  Batch begin() {
    return new Batch();
  }

  final class Batch {
    private final PendingSends pending = new PendingSends(sender);

    /** Sends a record of the log, or a part of it, with its reason. Does not wait. */
    void add(ConsumerRecord<byte[], byte[]> record, Reason reason, String detail, int readings) {
      String origin = record.topic() + "/" + record.partition() + "@" + record.offset();
      ProducerRecord<byte[], byte[]> message =
          message(
              record.timestamp(),
              record.key(),
              LogRecords.value(record),
              reason,
              detail,
              readings,
              origin);
      for (Header header : record.headers()) {
        message.headers().add(header);
      }
      pending.add(message);
    }

    /** Sends a point that InfluxDB refused. Does not wait. */
    void add(String line, String detail, String origin) {
      pending.add(
          message(null, null, line.getBytes(UTF_8), Reason.POINT_REFUSED, detail, 0, origin));
    }

    /**
     * Waits until Kafka has all of them.
     *
     * @throws ExecutionException if it has not taken one
     */
    void await() throws InterruptedException, ExecutionException {
      pending.await();
    }

    private ProducerRecord<byte[], byte[]> message(
        @Nullable Long timestamp,
        byte @Nullable [] key,
        byte[] value,
        Reason reason,
        String detail,
        int readings,
        String origin) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(KafkaTopics.QUARANTINE, null, timestamp, key, value);
      message
          .headers()
          .add(QuarantineHeaders.REASON, reason.code().getBytes(UTF_8))
          .add(QuarantineHeaders.DETAIL, detail.getBytes(UTF_8))
          .add(QuarantineHeaders.READINGS, Integer.toString(readings).getBytes(UTF_8))
          .add(QuarantineHeaders.ORIGIN, origin.getBytes(UTF_8));
      return message;
    }
  }
}
