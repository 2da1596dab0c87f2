package io.fieldwatch.benchmark.fieldwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.job.Delivery;
import io.fieldwatch.stream.job.Destination;
import io.fieldwatch.stream.window.WindowResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic that takes closed windows; nothing else is kept. */
record TopicDestination(String topic) implements Destination {
  private static final long serialVersionUID = 1;
  private static final ConcurrentMap<String, KafkaProducer<byte[], byte[]>> PRODUCERS =
      new ConcurrentHashMap<>();

  @Override
  public Delivery begin(StreamConfig config, Model model, long nowMillis) {
    return new TopicDelivery(
        PRODUCERS.computeIfAbsent(config.kafka().bootstrapServers(), TopicDestination::producer));
  }

  @Override
  public PointWriter ownPoints(StreamConfig config) {
    return new PointWriter() {
      @Override
      public List<Refused> write(Lines lines) {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            // As the other systems have it; the end of a batch does not wait for it.
            ProducerConfig.LINGER_MS_CONFIG,
            100,
            ProducerConfig.BATCH_SIZE_CONFIG,
            131_072),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Keeps no future for each window: the collector would have them all to copy. */
  private final class TopicDelivery implements Delivery, Callback {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int size;

    TopicDelivery(KafkaProducer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      if (window.isFinal()) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    device.key().getBytes(UTF_8),
                    SharedWork.record(sensor, window.startMillis(), window.aggregate()).write()),
                this);
        size++;
      }
    }

    /** Called by the producer's thread. */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
      if (exception != null) {
        failure.compareAndSet(null, exception);
      }
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {}

    @Override
    public void device(DeviceState device) {}

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<PointWriter.Refused> deliver() {
      producer.flush();
      Exception cause = failure.get();
      if (cause != null) {
        throw new IllegalStateException("Cannot append results: " + cause, cause);
      }
      return List.of();
    }
  }
}
