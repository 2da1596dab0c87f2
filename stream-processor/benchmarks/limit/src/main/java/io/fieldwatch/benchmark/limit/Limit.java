package io.fieldwatch.benchmark.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a machine could do if nothing but reading had to be done: one thread that takes the packs
 * from Kafka and decodes them. Every so many readings it appends how many there were so far.
 */
public final class Limit {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long READINGS_PER_MARK = 50_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String output;
  private final PackCounter counter = new PackCounter();
  private long readings;
  private long marked;

  private Limit(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      String output) {
    this.consumer = consumer;
    this.producer = producer;
    this.output = output;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings = Settings.of(args);
    List<TopicPartition> partitions =
        IntStream.range(0, settings.partitions())
            .mapToObj(partition -> new TopicPartition(settings.input(), partition))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings);
        KafkaProducer<byte[], byte[]> producer = producer(settings)) {
      consumer.assign(partitions);
      Limit limit = new Limit(consumer, producer, settings.output());
      limit.readAll(consumer.endOffsets(partitions));
      limit.mark();
      producer.flush();
      System.out.println("The sum of all values is " + limit.counter.sum());
      new CountDownLatch(1).await();
    }
  }

  private void readAll(Map<TopicPartition, Long> ends) throws IOException {
    consumer.seekToBeginning(ends.keySet());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        readings += counter.readings(record.value());
      }
      if (readings >= marked + READINGS_PER_MARK) {
        mark();
      }
    }
  }

  private void mark() {
    marked = readings;
    // One that fails is missed where the last one is waited for.
    var unused =
        producer.send(
            new ProducerRecord<>(output, 0, null, Long.toString(readings).getBytes(UTF_8)));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrap(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            4 << 20),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static KafkaProducer<byte[], byte[]> producer(Settings settings) {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
