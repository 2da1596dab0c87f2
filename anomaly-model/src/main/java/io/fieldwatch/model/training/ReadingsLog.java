package io.fieldwatch.model.training;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The readings that a Kafka topic holds, as devices sent them. What is to be read is fixed when it
 * is looked up; executors then read it, one partition a task, and bring it together by device.
 */
final class ReadingsLog {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Map<String, Object> kafka;
  private final String topic;
  private final Optional<Instant> since;

  /**
   * @param bootstrap host:port of brokers, with commas between them
   * @param properties more settings of Kafka's consumers, such as those of TLS
   * @param since only what came to Kafka then or later
   */
  ReadingsLog(
      String bootstrap, Map<String, String> properties, String topic, Optional<Instant> since) {
    this.kafka = new HashMap<>(properties);
    this.topic = topic;
    this.since = since;
    kafka.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    kafka.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    kafka.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
  }

  /**
   * Prepares to read.
   *
   * @param ranges what {@link #lookUp()} found
   */
  Recordings recordings(JavaSparkContext spark, List<LogRange> ranges) {
    Map<String, Object> settings = new HashMap<>(kafka);
    int parallelism = Math.max(spark.defaultParallelism(), ranges.size());
    JavaRDD<Loaded> loaded =
        spark
            .parallelize(ranges, ranges.size())
            .flatMapToPair(range -> new LogReader(consumerOfTask(settings), range))
            .groupByKey(parallelism)
            .map(device -> DeviceLog.recording(device._1(), device._2()));
    return Recordings.of(loaded, tally -> provenance(ranges, tally));
  }

  private static KafkaConsumer<byte[], byte[]> consumerOfTask(Map<String, Object> settings) {
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> consumer.close());
    return consumer;
  }

  private Map<String, Object> provenance(List<LogRange> ranges, Tally tally) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", "Kafka topic " + topic);
    facts.put("offsets", ranges.stream().map(LogRange::toString).collect(joining(" ")));
    facts.put("packs", tally.packs());
    facts.put("duplicatePacks", tally.duplicatePacks());
    facts.put("undecodablePacks", tally.undecodablePacks());
    facts.put("futureReadings", tally.futureReadings());
    return facts;
  }

  /**
   * What there is to read at this moment; blocks for Kafka.
   *
   * @return by partition, those that hold something
   * @throws IOException if Kafka does not answer, has no such topic, or nothing in it
   */
  List<LogRange> lookUp() throws IOException {
    Map<String, Object> patient = new HashMap<>(kafka);
    patient.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWER_WITHIN.toMillis()));
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(patient)) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> begins = begins(consumer, partitions, ends);
      List<LogRange> ranges = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        LogRange range =
            new LogRange(topic, partition.partition(), at(partition, begins), at(partition, ends));
        if (range.length() > 0) {
          ranges.add(range);
        }
      }
      if (ranges.isEmpty()) {
        throw new IOException(nothing(latest(consumer, partitions)));
      }
      return ranges;
    } catch (KafkaException e) {
      throw new IOException(
          "Cannot read from Kafka at %s: %s; is the address right, and does Kafka run there?"
              .formatted(kafka.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG), words(e)),
          e);
    }
  }

  private static long at(TopicPartition partition, Map<TopicPartition, Long> offsets) {
    return requireNonNull(offsets.get(partition), "Kafka gives no offset of a partition");
  }

  private static String words(KafkaException e) {
    Throwable root = e;
    while (root.getCause() instanceof KafkaException) {
      root = root.getCause();
    }
    return root instanceof org.apache.kafka.common.errors.TimeoutException
        ? "no answer within " + ANSWER_WITHIN.toSeconds() + " s"
        : String.valueOf(root.getMessage());
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer)
      throws IOException {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics();
    List<PartitionInfo> known = topics.getOrDefault(topic, List.of());
    if (known.isEmpty()) {
      throw new IOException(
          "Cannot find topic '%s' in Kafka: it has %s; name one with --topic"
              .formatted(
                  topic,
                  topics.isEmpty()
                      ? "no topics"
                      : String.join(", ", new TreeSet<>(topics.keySet()))));
    }
    return known.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private Map<TopicPartition, Long> begins(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    if (since.isEmpty()) {
      return consumer.beginningOffsets(partitions);
    }
    long sinceMillis = since.get().toEpochMilli();
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(Function.identity(), p -> sinceMillis)));
    Map<TopicPartition, Long> begins = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      // A record that came after the ends were asked for is not read.
      begins.put(
          partition,
          first == null ? at(partition, ends) : Math.min(first.offset(), at(partition, ends)));
    }
    return begins;
  }

  /** When the last record came, of all partitions. */
  private static Optional<Instant> latest(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long latest = Long.MIN_VALUE;
    for (TopicPartition partition : partitions) {
      if (at(partition, begins) < at(partition, ends)) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, at(partition, ends) - 1);
        for (ConsumerRecord<byte[], byte[]> last : consumer.poll(ANSWER_WITHIN)) {
          latest = Math.max(latest, last.timestamp());
        }
      }
    }
    return latest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(latest));
  }

  private String nothing(Optional<Instant> latest) {
    if (latest.isEmpty()) {
      return "Cannot train from topic '%s': there is nothing in it yet".formatted(topic);
    }
    return "Cannot train from topic '%s': nothing has come since %s, the latest came %s; go further back with --since"
        .formatted(topic, since.map(Instant::toString).orElse("ever"), latest.get());
  }
}
