package io.fieldwatch.local.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What must be in the windows by first principles: each pack once, each of its readings in every
 * window that covers its time, unless it is too far ahead or behind. Shares the decoder with the
 * job and nothing else, so it also finds what {@link ExactOracle} cannot: an error in the rules.
 *
 * <p>Counts, extremes, first and last must be equal; means and deviations agree to a billionth,
 * since they depend on how they are added up.
 */
public final class IndependentOracle {
  private static final Duration READ_BOUND = Duration.ofMinutes(2);

  /** Where all values of a window are nearly the same, their deviation is mostly rounding. */
  private static final double ROUNDING = 1e-12;

  private final Judgement judgement;
  private final List<WindowShape> shapes;
  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final PackBuffer pack = new PackBuffer();
  private final Set<String> applied = new HashSet<>();
  private final Map<String, Long> greatestMillis = new HashMap<>();
  private final Map<Series, Map<Long, Cell>> windows = new HashMap<>();
  private long repeated;
  private long late;

  private record Series(DeviceId device, String sensor, WindowShape shape) {}

  private IndependentOracle(Judgement judgement) {
    this.judgement = judgement;
    this.shapes = judgement.windows().stream().map(WindowShape::parse).toList();
  }

  /** Reads the whole of {@code fieldwatch.readings}, in each device's own order. Blocks. */
  public static IndependentOracle of(String kafkaBootstrap, Judgement judgement) {
    IndependentOracle oracle = new IndependentOracle(judgement);
    try (TopicReader readings = TopicReader.fromBeginning(kafkaBootstrap, KafkaTopics.READINGS)) {
      readings.readInTurn(READ_BOUND, oracle::add);
    }
    return oracle;
  }

  /** How many packs came more than once. */
  public long repeated() {
    return repeated;
  }

  /** How many readings came too late for their windows. */
  public long late() {
    return late;
  }

  /** How many windows there must be. */
  public long expectedWindows() {
    return windows.values().stream().mapToLong(Map::size).sum();
  }

  /** Compares with what is in InfluxDB. */
  public Differences compare(URI influxDb) throws IOException, InterruptedException {
    Map<PointId, Map<String, Object>> found = new HashMap<>();
    new StoredPoints(influxDb)
        .read("window")
        .forEach(
            (id, fields) -> {
              if (judgement.windows().contains(id.tags().get("window"))) {
                found.put(id, only(fields, Cell.FIELDS));
              }
            });
    return Differences.between(expected(), found, Near::same);
  }

  private Map<PointId, Map<String, Object>> expected() {
    Map<PointId, Map<String, Object>> expected = new HashMap<>();
    windows.forEach(
        (series, row) ->
            row.forEach((start, cell) -> expected.put(id(series, start), cell.fields())));
    return expected;
  }

  private static PointId id(Series series, long start) {
    return new PointId(
        "window",
        Map.of(
            "site", series.device().site(),
            "device", series.device().device(),
            "sensor", series.sensor(),
            "window", series.shape().name()),
        start);
  }

  private static Map<String, Object> only(Map<String, Object> fields, Set<String> names) {
    Map<String, Object> chosen = new TreeMap<>(fields);
    chosen.keySet().retainAll(names);
    return chosen;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (isStatus(record)) {
      return;
    }
    DeviceId device;
    try {
      device = DeviceId.parse(new String(record.key(), UTF_8));
      decoder.decode(record.value(), device, pack);
    } catch (PackRejectedException | IllegalArgumentException refused) {
      return;
    }
    if (pack.hasId() && !applied.add(device.key() + ' ' + pack.epoch() + ' ' + pack.seq())) {
      repeated++;
      return;
    }
    addReadings(device, record.timestamp() + judgement.futureTolerance().toMillis());
  }

  private static boolean isStatus(ConsumerRecord<byte[], byte[]> record) {
    Header topic = record.headers().lastHeader(KafkaTopics.HEADER_MQTT_TOPIC);
    return topic != null
        && DeviceTopic.parse(new String(topic.value(), UTF_8))
            .filter(known -> known.channel() == DeviceTopic.Channel.STATUS)
            .isPresent();
  }

  /** A pack is judged by what the device sent before it. */
  private void addReadings(DeviceId device, long latestMillis) {
    long behind = judgement.lateness().plus(judgement.revisionHorizon()).toMillis();
    long before = greatestMillis.getOrDefault(device.key(), Long.MIN_VALUE + behind);
    long greatest = before;
    for (int i = 0; i < pack.size(); i++) {
      long time = pack.timeMillis(i);
      if (time > latestMillis) {
        continue;
      }
      if (time < before - behind) {
        late++;
        continue;
      }
      addReading(device, pack.sensor(i), time, pack.value(i));
      greatest = Math.max(greatest, time);
    }
    greatestMillis.put(device.key(), greatest);
  }

  private void addReading(DeviceId device, String sensor, long time, double value) {
    for (WindowShape shape : shapes) {
      Map<Long, Cell> row =
          windows.computeIfAbsent(new Series(device, sensor, shape), series -> new HashMap<>());
      for (long start = shape.lastStart(time);
          start > time - shape.lengthMillis();
          start -= shape.slideMillis()) {
        row.computeIfAbsent(start, begin -> new Cell(value)).add(time, value);
      }
    }
  }

  /** One window. Sums are of differences from its first value, which keeps them small. */
  private static final class Cell {
    static final Set<String> FIELDS =
        Set.of("count", "min", "max", "first", "last", "mean", "stddev");

    private final double shift;
    private final Sum sum = new Sum();
    private final Sum squares = new Sum();
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long firstMillis = Long.MAX_VALUE;
    private double first;
    private long lastMillis = Long.MIN_VALUE;
    private double last;

    Cell(double shift) {
      this.shift = shift;
    }

    void add(long time, double value) {
      count++;
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum.add(value - shift);
      squares.add((value - shift) * (value - shift));
      if (time < firstMillis) {
        firstMillis = time;
        first = value;
      }
      if (time >= lastMillis) {
        lastMillis = time;
        last = value;
      }
    }

    Map<String, Object> fields() {
      double rounding = ROUNDING * Math.max(Math.abs(min), Math.abs(max));
      double shifted = sum.value() / count;
      double variance = count < 2 ? 0 : (squares.value() - sum.value() * shifted) / (count - 1);
      return Map.of(
          "count", count,
          "min", min,
          "max", max,
          "first", first,
          "last", last,
          "mean", new Near(shift + shifted, rounding),
          "stddev", new Near(Math.sqrt(Math.max(0, variance)), rounding));
    }
  }

  /** Neumaier's sum: what an addition rounds off is kept and added at the end. */
  private static final class Sum {
    private double sum;
    private double lost;

    void add(double value) {
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }

    double value() {
      return sum + lost;
    }
  }
}
