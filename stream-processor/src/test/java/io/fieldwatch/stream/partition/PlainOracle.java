package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.window.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every window must come to, in the plainest way: all readings of each are kept and looked at
 * together. Follows the rules for packs that come again, early or late, and shares no code with
 * what it judges but the decoder.
 */
final class PlainOracle {
  private record Value(long time, double value) {}

  private final Rules rules;
  private final Map<String, List<Value>> readings = new TreeMap<>();
  private final Map<String, Long> greatest = new HashMap<>();
  private final Map<String, Set<String>> sensors = new HashMap<>();
  private final Set<String> applied = new HashSet<>();

  PlainOracle(Rules rules) {
    this.rules = rules;
  }

  void apply(List<LogRecord> log) throws PackRejectedException {
    PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
    PackBuffer pack = new PackBuffer();
    for (LogRecord record : log) {
      DeviceId device = DeviceId.parse(new String(record.key(), UTF_8));
      decoder.decode(record.value(), device, record.ingestMillis(), pack);
      if (!pack.hasId() || applied.add(device + " " + pack.epoch() + " " + pack.seq())) {
        apply(device.key(), pack, record.ingestMillis());
      }
    }
  }

  private void apply(String device, PackBuffer pack, long ingest) {
    long latest = greatest.getOrDefault(device, Long.MIN_VALUE);
    long before = latest;
    Set<String> known = sensors.computeIfAbsent(device, d -> new HashSet<>());
    for (int i = 0; i < pack.size(); i++) {
      long time = pack.timeMillis(i);
      boolean isLate =
          before != Long.MIN_VALUE
              && time < before - rules.lateness().toMillis() - rules.revisionHorizon().toMillis();
      boolean isEarly = time > ingest + rules.futureTolerance().toMillis();
      boolean isKnown = known.contains(pack.sensor(i)) || known.size() < rules.limits().sensors();
      if (!isLate && !isEarly && isKnown) {
        known.add(pack.sensor(i));
        latest = Math.max(latest, time);
        store(device + "/" + pack.sensor(i), new Value(time, pack.value(i)));
      }
    }
    greatest.put(device, latest);
  }

  private void store(String series, Value value) {
    for (WindowSpec spec : rules.windows()) {
      for (long start = spec.lastStartOf(value.time());
          start + spec.lengthMillis() > value.time();
          start -= spec.slideMillis()) {
        readings
            .computeIfAbsent(
                "%s %d %s".formatted(series, start, spec.name()), key -> new ArrayList<>())
            .add(value);
      }
    }
  }

  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    readings.forEach((key, values) -> counts.put(key, (long) values.size()));
    return counts;
  }

  Map<String, Double> means() {
    Map<String, Double> means = new TreeMap<>();
    readings.forEach(
        (key, values) ->
            means.put(key, values.stream().mapToDouble(Value::value).average().orElseThrow()));
    return means;
  }

  /** Least, greatest, first and last value. */
  Map<String, String> exact() {
    Map<String, String> exact = new TreeMap<>();
    readings.forEach((key, values) -> exact.put(key, exact(values)));
    return exact;
  }

  private static String exact(List<Value> values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    Value first = values.get(0);
    Value last = values.get(0);
    for (Value value : values) {
      min = Math.min(min, value.value());
      max = Math.max(max, value.value());
      first = value.time() < first.time() ? value : first;
      last = value.time() >= last.time() ? value : last;
    }
    return "%s %s %s %s".formatted(min, max, first.value(), last.value());
  }
}
