package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.load.Pack;
import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a stream at an even pace on a thread of its own, and notes when the broker appended each
 * pack. The pace is the plan's and no answer's: a pack that is late is sent at once, and its delay
 * counts.
 */
final class Sender implements AutoCloseable {
  private static final long TICK_MICROS = 1_000;

  private final String bootstrap;
  private final String topic;
  private final StreamShape shape;
  private final double readingsPerNano;
  private final long lastsNanos;
  private final Thread thread;
  private volatile boolean closed;

  /** By the number of the pack; 0 until it is appended. Guarded by this. */
  private long[] appendedMillis = new long[1 << 20];

  /** Guarded by this. */
  private int packs;

  /** Guarded by this. */
  private long readings;

  /** How far behind its plan it was at worst. */
  private volatile long worstDelayNanos;

  Sender(String bootstrap, String topic, StreamShape shape, LivePlan plan) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.shape = shape;
    this.readingsPerNano = plan.readingsPerSecond() / TimeUnit.SECONDS.toNanos(1);
    this.lastsNanos = plan.whole().toNanos();
    this.thread = new Thread(this::run, "sender");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isDone() {
    return !thread.isAlive();
  }

  /** How many packs were sent. */
  synchronized int packs() {
    return packs;
  }

  /** How many readings were sent in a second of the plan. */
  synchronized double readingsPerSecond() {
    return readings * 1e9 / lastsNanos;
  }

  /** When the broker appended a pack; 0 where it did not. */
  synchronized long appendedMillis(int pack) {
    return appendedMillis[pack];
  }

  Duration worstDelay() {
    return Duration.ofNanos(worstDelayNanos);
  }

  /** It stops soon after. */
  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    PackStream stream = new PackStream(shape);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      long begin = System.nanoTime();
      double readings = 0;
      while (!closed && System.nanoTime() - begin < lastsNanos) {
        double due = (System.nanoTime() - begin) * readingsPerNano;
        worstDelayNanos = Math.max(worstDelayNanos, (long) ((due - readings) / readingsPerNano));
        while (readings < due) {
          Pack pack = stream.next();
          send(producer, pack);
          readings += pack.readings();
        }
        TimeUnit.MICROSECONDS.sleep(TICK_MICROS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Pack pack) {
    int number = begin(pack);
    // One that fails is never noted as appended.
    var unused =
        producer.send(
            new ProducerRecord<>(topic, pack.partition(), pack.key(), pack.value()),
            (metadata, e) -> {
              if (e == null) {
                appended(number, metadata.timestamp());
              }
            });
  }

  private synchronized int begin(Pack pack) {
    readings += pack.readings();
    if (packs == appendedMillis.length) {
      appendedMillis = Arrays.copyOf(appendedMillis, 2 * packs);
    }
    return packs++;
  }

  private synchronized void appended(int pack, long millis) {
    appendedMillis[pack] = millis;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 << 10,
            ProducerConfig.LINGER_MS_CONFIG,
            5),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
