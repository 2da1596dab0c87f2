package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Devices that write to Kafka what the connector would: packs of seeded values, most in order, some
 * twice, some late enough to revise a window, a few too late, too early or no packs at all, and now
 * and then a status. Runs on a thread of its own from its construction until {@link #stop()}.
 */
final class SeededLoad implements AutoCloseable {
  private static final int SENSORS = 5;
  private static final int TIMES = 5;
  private static final int READINGS_PER_PACK = SENSORS * TIMES;
  private static final long HEARTBEAT_MILLIS = 2_000;
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);

  private final Random random;
  private final List<Device> devices = new ArrayList<>();
  private final long packEveryMillis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final Thread thread = new Thread(this::run, "seeded-load");
  private volatile boolean stopped;
  private final AtomicLong produced = new AtomicLong();
  private final AtomicLong records = new AtomicLong();

  @SuppressWarnings("ArrayRecordComponent") // compared by time only, and gone once it is sent
  private record Due(long atMillis, byte[] key, byte[] value, DeviceTopic topic)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(atMillis, other.atMillis);
    }
  }

  /**
   * @param epoch of every device; another for each load, as after a new spool
   */
  SeededLoad(String bootstrap, long seed, String epoch, int deviceCount, int readingsPerSecond) {
    this.random = new Random(seed);
    for (int i = 0; i < deviceCount; i++) {
      devices.add(new Device(new DeviceId("lab", "load-" + i), epoch, random.nextLong()));
    }
    this.packEveryMillis = Math.max(1, 1000L * READINGS_PER_PACK * deviceCount / readingsPerSecond);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                LONGEST_OUTAGE.toMillis(),
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                256L << 20,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) LONGEST_OUTAGE.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
    thread.start();
  }

  /** Readings in packs given out so far, each pack once. */
  long produced() {
    return produced.get();
  }

  /** Records sent so far. */
  long records() {
    return records.get();
  }

  /** Sends what is held back, waits until Kafka has all of it, and announces the final counts. */
  void stop() throws InterruptedException {
    if (stopped) {
      return;
    }
    stopped = true;
    thread.join();
    producer.flush();
    for (Device device : devices) {
      announce(device, "stopped");
    }
    producer.flush();
    producer.close();
    if (failure.get() != null) {
      throw new IllegalStateException("The load could not be produced", failure.get());
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      devices.forEach(device -> announce(device, "birth"));
      long begin = System.currentTimeMillis();
      long nextHeartbeat = begin + HEARTBEAT_MILLIS;
      long tick = begin;
      while (!stopped) {
        for (Device device : devices) {
          device.sendPack(tick);
        }
        if (tick >= nextHeartbeat) {
          devices.forEach(device -> announce(device, "heartbeat"));
          nextHeartbeat += HEARTBEAT_MILLIS;
        }
        sendDue(tick);
        long now = System.currentTimeMillis();
        // A machine that cannot keep up makes the load lighter, not later.
        tick = Math.max(tick + packEveryMillis, now - 500);
        if (tick > now) {
          Thread.sleep(tick - now);
        }
      }
      sendDue(Long.MAX_VALUE);
    } catch (InterruptedException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void sendDue(long now) {
    while (!due.isEmpty() && due.peek().atMillis() <= now) {
      Due next = due.poll();
      send(KafkaTopics.READINGS, next.key(), next.value(), next.topic());
    }
  }

  private void announce(Device device, String reason) {
    byte[] status = DeviceStatusJson.write(device.status(reason));
    send(KafkaTopics.STATUS, device.key, status, device.topic(DeviceTopic.Channel.STATUS));
    send(KafkaTopics.READINGS, device.key, status, device.topic(DeviceTopic.Channel.STATUS));
  }

  private void send(String kafkaTopic, byte[] key, byte[] value, DeviceTopic mqttTopic) {
    long now = System.currentTimeMillis();
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(kafkaTopic, null, now, key, value);
    record
        .headers()
        .add(KafkaTopics.HEADER_MQTT_TOPIC, mqttTopic.name().getBytes(UTF_8))
        .add(KafkaTopics.HEADER_MQTT_QOS, "1".getBytes(UTF_8))
        .add(KafkaTopics.HEADER_MQTT_RETAINED, "false".getBytes(UTF_8))
        .add(KafkaTopics.HEADER_MQTT_RECEIVED, Long.toString(now).getBytes(UTF_8));
    records.incrementAndGet();
    var unused =
        producer.send(
            record,
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /** One device: what its agent would send. */
  private final class Device {
    private final DeviceId id;
    private final byte[] key;
    private final String epoch;
    private final Random values;
    private final double[] levels = new double[SENSORS];
    private long seq;
    private long readings;

    Device(DeviceId id, String epoch, long seed) {
      this.id = id;
      this.key = id.key().getBytes(UTF_8);
      this.epoch = epoch;
      this.values = new Random(seed);
    }

    DeviceTopic topic(DeviceTopic.Channel channel) {
      return new DeviceTopic(id, channel);
    }

    void sendPack(long now) {
      DeviceTopic topic = topic(DeviceTopic.Channel.TELEMETRY);
      int kind = random.nextInt(10_000);
      if (kind < 2) {
        due.add(new Due(now, key, "temperature=21.5".getBytes(UTF_8), topic));
        return;
      }
      long shift = kind < 10 ? -120_000 : kind < 15 ? 600_000 : 0;
      byte[] pack = SenmlWriter.toJson(pack(now + shift));
      due.add(new Due(now + delay(), key, pack, topic));
      if (random.nextInt(100) == 0) {
        due.add(new Due(now + random.nextInt(4_000), key, pack, topic));
      }
    }

    /** Most packs come at once, some overtake others, a few come after their windows closed. */
    private long delay() {
      int lot = random.nextInt(1_000);
      if (lot < 5) {
        return 5_000L + random.nextInt(10_000);
      }
      return lot < 50 ? random.nextInt(3_000) : 0;
    }

    private Pack pack(long now) {
      List<Reading> list = new ArrayList<>(READINGS_PER_PACK);
      for (int t = 0; t < TIMES; t++) {
        long time = now - (TIMES - 1 - t) * packEveryMillis / TIMES;
        for (int s = 0; s < SENSORS; s++) {
          levels[s] += values.nextGaussian();
          list.add(new Reading("sensor-" + s, time, 20 * s + levels[s], "Cel"));
        }
      }
      readings += READINGS_PER_PACK;
      produced.addAndGet(READINGS_PER_PACK);
      return new Pack(id, Optional.of(new PackId(epoch, ++seq)), list);
    }

    DeviceStatus status(String reason) {
      List<DeviceStatus.Sensor> sensors = new ArrayList<>();
      for (int s = 0; s < SENSORS; s++) {
        sensors.add(
            new DeviceStatus.Sensor(
                "sensor-" + s, "Cel", Duration.ofMillis(Math.max(1, packEveryMillis / TIMES))));
      }
      return new DeviceStatus(
          reason.equals("stopped") ? DeviceStatus.State.OFFLINE : DeviceStatus.State.ONLINE,
          reason,
          epoch,
          "0.1.0",
          System.currentTimeMillis(),
          Optional.of(new DeviceStatus.Counts(readings, seq, seq, readings, 0, 0, 0)),
          sensors);
    }
  }
}
