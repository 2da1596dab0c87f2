package io.fieldwatch.local.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Hours of readings of some devices, at irregular times, which can be had in two forms: as CSV
 * files, and as what a log holds of devices on bad networks.
 */
final class SentReadings {
  static final int DEVICES = 8;
  static final int BROKEN = 5;
  static final int ROWS = 3_000;

  private static final List<String> SENSORS = List.of("flow", "temperature");
  private static final long ROW_MILLIS = 5_000;
  private static final int ROWS_PER_PACK = 6;
  private static final int TWICE_EVERY = 10;
  private static final int HELD_BACK_EVERY = 7;

  private final List<Device> devices = new ArrayList<>();
  private final long beginMillis;

  private record Row(long timeMillis, List<Double> values) {}

  private record Device(DeviceId id, List<Row> rows) {}

  /**
   * @param endMillis of the last reading, about
   */
  SentReadings(long endMillis, long seed) {
    this.beginMillis = endMillis - ROWS * ROW_MILLIS;
    Random random = new Random(seed);
    for (int i = 0; i < DEVICES; i++) {
      devices.add(new Device(new DeviceId("lab", "pump-" + i), rows(random)));
    }
  }

  private List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    double drift = 0;
    for (int i = 0; i < ROWS; i++) {
      long time = beginMillis + i * ROW_MILLIS + random.nextInt((int) ROW_MILLIS - 1);
      drift = 0.95 * drift + 0.3 * random.nextGaussian();
      double wave = 3 * Math.sin(i / 300.0);
      rows.add(new Row(time, List.of(20 + wave + drift, 40 + random.nextGaussian())));
    }
    return rows;
  }

  /** A file a device, in a folder for the site. */
  void writeCsv(Path folder) throws IOException {
    for (Device device : devices) {
      StringBuilder text = new StringBuilder("time," + String.join(",", SENSORS) + "\n");
      for (Row row : device.rows()) {
        text.append(row.timeMillis());
        row.values().forEach(value -> text.append(',').append(value));
        text.append('\n');
      }
      Path file = folder.resolve(device.id().key() + ".csv");
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  /**
   * Packs in JSON, CBOR and gzip, some twice, some behind those that follow them; and what is no
   * pack at all. Returns when Kafka has all of it.
   *
   * @return how many packs were sent twice
   */
  int sendTo(String bootstrap) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int twice = 0;
      for (Device device : devices) {
        twice += send(device, producer);
      }
      DeviceId first = devices.get(0).id();
      for (int i = 0; i < BROKEN; i++) {
        send(first, "no pack".getBytes(UTF_8), DeviceTopic.Channel.TELEMETRY, 0, producer);
      }
      send(
          first, "{\"state\":\"online\"}".getBytes(UTF_8), DeviceTopic.Channel.STATUS, 0, producer);
      producer.flush();
      return twice;
    }
  }

  private int send(Device device, KafkaProducer<byte[], byte[]> producer) {
    int twice = 0;
    List<Pack> heldBack = new ArrayList<>();
    int packs = ROWS / ROWS_PER_PACK;
    for (int i = 0; i < packs; i++) {
      Pack pack = pack(device, i);
      if (i % HELD_BACK_EVERY == 0) {
        heldBack.add(pack);
        continue;
      }
      send(pack, producer);
      if (i % TWICE_EVERY == 1) {
        send(pack, producer);
        twice++;
      }
      if (heldBack.size() == 3) {
        heldBack.forEach(late -> send(late, producer));
        heldBack.clear();
      }
    }
    heldBack.forEach(late -> send(late, producer));
    return twice;
  }

  private static Pack pack(Device device, int number) {
    List<Reading> readings = new ArrayList<>();
    for (Row row : device.rows().subList(number * ROWS_PER_PACK, (number + 1) * ROWS_PER_PACK)) {
      for (int s = 0; s < SENSORS.size(); s++) {
        readings.add(new Reading(SENSORS.get(s), row.timeMillis(), row.values().get(s), ""));
      }
    }
    return new Pack(device.id(), Optional.of(new PackId("one", number + 1L)), readings);
  }

  private void send(Pack pack, KafkaProducer<byte[], byte[]> producer) {
    long number = pack.id().orElseThrow().seq();
    byte[] payload = number % 2 == 0 ? SenmlWriter.toCbor(pack) : SenmlWriter.toJson(pack);
    send(
        pack.device(),
        number % 5 == 0 ? gzip(payload) : payload,
        DeviceTopic.Channel.TELEMETRY,
        number,
        producer);
  }

  private void send(
      DeviceId device,
      byte[] payload,
      DeviceTopic.Channel channel,
      long packs,
      KafkaProducer<byte[], byte[]> producer) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            KafkaTopics.READINGS,
            null,
            beginMillis + packs * ROWS_PER_PACK * ROW_MILLIS,
            device.key().getBytes(UTF_8),
            payload);
    record
        .headers()
        .add(
            KafkaTopics.HEADER_MQTT_TOPIC, new DeviceTopic(device, channel).name().getBytes(UTF_8));
    var unused = producer.send(record);
  }

  private static byte[] gzip(byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }
}
