package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.load.Pack;
import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.Oracle;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes a stream into a topic, and the oracle's expectations beside. */
final class Loader {
  private static final long READINGS_PER_WORD = 10_000_000;

  private final String bootstrap;
  private final long windowMillis;
  private final long latenessMillis;
  private final Consumer<String> progress;

  Loader(String bootstrap, long windowMillis, long latenessMillis, Consumer<String> progress) {
    this.bootstrap = bootstrap;
    this.windowMillis = windowMillis;
    this.latenessMillis = latenessMillis;
    this.progress = progress;
  }

  /**
   * Loads a stream into a topic that exists.
   *
   * @param length how many readings
   */
  LoadedStream load(String topic, StreamShape shape, long length)
      throws IOException, InterruptedException {
    Oracle oracle = new Oracle(windowMillis, latenessMillis);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
      PackStream stream = new PackStream(shape);
      long readings = 0;
      long told = 0;
      while (readings < length && failure.get() == null) {
        Pack pack = stream.next();
        oracle.accept(pack);
        // The callback hears of a failure.
        var unused =
            producer.send(record(topic, pack), (metadata, e) -> failure.compareAndSet(null, e));
        readings += pack.readings();
        if (Thread.interrupted()) {
          throw new InterruptedException("Cannot load the stream to its end: interrupted");
        }
        if (readings >= told + READINGS_PER_WORD) {
          told = readings;
          progress.accept("  %,d readings loaded".formatted(readings));
        }
      }
    }
    if (failure.get() != null) {
      throw new IOException("Cannot load the stream: " + failure.get(), failure.get());
    }
    return LoadedStream.of(topic, oracle.expectations(), shape.readingsPerSecond());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, Pack pack) {
    return new ProducerRecord<>(
        topic, pack.partition(), pack.sentMillis(), pack.key(), pack.value());
  }

  static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10,
            ProducerConfig.LINGER_MS_CONFIG,
            20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
