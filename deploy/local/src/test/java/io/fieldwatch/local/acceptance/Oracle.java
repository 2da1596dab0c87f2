package io.fieldwatch.local.acceptance;

import io.fieldwatch.local.kafka.Packs;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must be in InfluxDB, computed in one pass over what is in Kafka: each pack once, each of its
 * readings in its window. Shares the decoder with the job and nothing else.
 */
final class Oracle {
  /** Count, least and greatest value of one sensor in one window. */
  record Cell(long count, double min, double max) {
    Cell plus(double value) {
      return new Cell(count + 1, Math.min(min, value), Math.max(max, value));
    }
  }

  private static final Duration READ_BOUND = Duration.ofMinutes(2);

  private final long windowMillis;
  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final PackBuffer pack = new PackBuffer();
  private final Set<String> applied = new HashSet<>();
  private final Map<String, Cell> cells = new TreeMap<>();
  private long repeated;

  private Oracle(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** Reads the whole topic. Readings further ahead than the tolerance are left out. */
  static Oracle of(String kafkaBootstrap, Duration window, Duration futureTolerance) {
    Oracle oracle = new Oracle(window.toMillis());
    try (TopicReader readings = TopicReader.fromBeginning(kafkaBootstrap, KafkaTopics.READINGS)) {
      readings.readToEnd(READ_BOUND, record -> oracle.add(record, futureTolerance.toMillis()));
    }
    return oracle;
  }

  /** The windows, by {@link #key}. */
  Map<String, Cell> cells() {
    return cells;
  }

  /** How many packs came more than once. */
  long repeated() {
    return repeated;
  }

  static String key(String site, String device, String sensor, long startMillis) {
    return site + '/' + device + '/' + sensor + '@' + startMillis;
  }

  private void add(ConsumerRecord<byte[], byte[]> record, long toleranceMillis) {
    if (!Packs.isPack(record)) {
      return;
    }
    DeviceId device = DeviceId.parse(new String(record.key(), StandardCharsets.UTF_8));
    try {
      decoder.decode(record.value(), device, pack);
    } catch (PackRejectedException refused) {
      return;
    }
    if (pack.hasId() && !applied.add(device.key() + ' ' + pack.epoch() + ' ' + pack.seq())) {
      repeated++;
      return;
    }
    for (int i = 0; i < pack.size(); i++) {
      if (pack.timeMillis(i) <= record.timestamp() + toleranceMillis) {
        long start = Math.floorDiv(pack.timeMillis(i), windowMillis) * windowMillis;
        double value = pack.value(i);
        cells.merge(
            key(device.site(), device.device(), pack.sensor(i), start),
            new Cell(1, value, value),
            (known, one) -> known.plus(value));
      }
    }
  }
}
