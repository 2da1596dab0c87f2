package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.topic.KafkaTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Kafka's records as records of the log. Pure functions; any thread. */
final class LogRecords {
  private static final byte[] NO_BYTES = {};

  private LogRecords() {}

  /** The same record, its headers read. */
  static LogRecord of(ConsumerRecord<byte[], byte[]> record) {
    return of(record, record.offset());
  }

  /** The same record at another place. */
  static LogRecord of(ConsumerRecord<byte[], byte[]> record, long offset) {
    return new LogRecord(
        offset,
        record.timestamp(),
        header(record, KafkaTopics.HEADER_MQTT_TOPIC),
        "true".equals(header(record, KafkaTopics.HEADER_MQTT_RETAINED))
            ? LogRecord.Delivery.RETAINED
            : LogRecord.Delivery.LIVE,
        record.key(),
        value(record));
  }

  /**
   * The message's bytes. A record without a value is an empty message: any producer may write one,
   * and it is refused as any other that cannot be decoded.
   */
  static byte[] value(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? NO_BYTES : record.value();
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
