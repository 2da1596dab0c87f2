package io.fieldwatch.stream.job;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.InfluxWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The connections of one executor's process and what its tasks keep from batch to batch, made when
 * the first task asks and kept until the process ends: tasks are far too short to have their own.
 */
record Outlets(
    InfluxWriter influx, KafkaProducer<byte[], byte[]> producer, PartitionDecoders decoders) {
  private static final ConcurrentMap<StreamConfig, Outlets> OPEN = new ConcurrentHashMap<>();

  static Outlets of(StreamConfig config) {
    return OPEN.computeIfAbsent(config, Outlets::open);
  }

  private static Outlets open(StreamConfig config) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 << 20,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    return new Outlets(
        new InfluxWriter(
            config.influxdb(), () -> ProcessMilestones.reached(Milestone.OUTPUT_REQUEST_DELIVERED)),
        producer,
        new PartitionDecoders(() -> new Decoders(config.decoders(), config.packLimits())));
  }
}
