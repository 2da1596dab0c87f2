package io.fieldwatch.model.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads a range of the log from its first record to its last, and hands over what each device sent,
 * by device, in chunks. Used by one thread; blocks for Kafka.
 */
final class LogReader implements Iterator<Tuple2<String, LogChunk>> {
  /** Under this name come messages whose key names no device. */
  static final String NOBODY = "";

  private static final int CHUNK_READINGS = 65_536;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  /** As the stream job does by default. */
  private static final long FUTURE_TOLERANCE_MILLIS = Duration.ofMinutes(5).toMillis();

  private static final String STATUS = "/" + DeviceTopic.Channel.STATUS.level();

  private final Consumer<byte[], byte[]> consumer;
  private final LogRange range;
  private final TopicPartition partition;
  private final Decoders decoders = new Decoders(List.of(), PackDecoder.Limits.DEFAULT);
  private final PackBuffer pack = new PackBuffer();
  private final Map<String, LogChunk> filling = new HashMap<>();
  private final Deque<Tuple2<String, LogChunk>> full = new ArrayDeque<>();
  private boolean isAtEnd;

  /**
   * @param consumer assigned to nothing; closed by the caller
   */
  LogReader(Consumer<byte[], byte[]> consumer, LogRange range) {
    this.consumer = consumer;
    this.range = range;
    this.partition = new TopicPartition(range.topic(), range.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, range.fromOffset());
  }

  @Override
  public boolean hasNext() {
    while (full.isEmpty() && !isAtEnd) {
      read();
    }
    return !full.isEmpty();
  }

  @Override
  public Tuple2<String, LogChunk> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The range has been read");
    }
    return full.remove();
  }

  private void read() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long position = consumer.position(partition);
    while (position < range.untilOffset() && full.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        if (record.offset() < range.untilOffset()) {
          accept(record);
        }
      }
      long reached = consumer.position(partition);
      if (reached == position && System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Cannot read partition %d of %s: no answer from Kafka for a minute"
                .formatted(range.partition(), range.topic()));
      }
      deadline = reached == position ? deadline : System.nanoTime() + PATIENCE_NANOS;
      position = reached;
    }
    if (position >= range.untilOffset()) {
      filling.forEach((device, chunk) -> full.add(new Tuple2<>(device, chunk.trimmed())));
      filling.clear();
      isAtEnd = true;
    }
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
    try {
      return consumer.poll(POLL).records(partition);
    } catch (OffsetOutOfRangeException e) {
      throw new IllegalStateException(
          "Cannot read partition %d of %s from offset %d: Kafka has deleted it meanwhile; train again"
              .formatted(range.partition(), range.topic(), range.fromOffset()),
          e);
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    String mqttTopic = mqttTopic(record);
    if (mqttTopic != null && mqttTopic.endsWith(STATUS)) {
      return;
    }
    String key = record.key() == null ? NOBODY : new String(record.key(), UTF_8);
    try {
      DeviceId device = DeviceId.parse(key);
      if (record.value() == null) {
        chunk(key, record).refuse();
        return;
      }
      decoders.decode(mqttTopic, record.value(), device, record.timestamp(), pack);
      LogChunk chunk = chunk(key, record);
      chunk.add(pack, record.timestamp() + FUTURE_TOLERANCE_MILLIS);
      if (chunk.readings() >= CHUNK_READINGS) {
        full.add(new Tuple2<>(key, chunk.trimmed()));
        filling.remove(key);
      }
    } catch (PackRejectedException e) {
      chunk(key, record).refuse();
    } catch (IllegalArgumentException e) {
      chunk(NOBODY, record).refuse();
    }
  }

  private LogChunk chunk(String device, ConsumerRecord<byte[], byte[]> record) {
    return filling.computeIfAbsent(device, d -> new LogChunk(range.partition(), record.offset()));
  }

  private static @Nullable String mqttTopic(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(KafkaTopics.HEADER_MQTT_TOPIC);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
