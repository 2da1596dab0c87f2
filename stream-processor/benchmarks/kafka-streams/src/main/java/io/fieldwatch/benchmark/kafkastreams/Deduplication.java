package io.fieldwatch.benchmark.kafkastreams;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.plain.PlainPack;
import io.fieldwatch.benchmark.plain.PlainReading;
import io.fieldwatch.benchmark.plain.SeenPacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a device's pack through the first time, as the readings of each window it touches: Kafka
 * Streams puts records into windows, by their timestamps. The key stays, so nothing is
 * repartitioned.
 */
final class Deduplication implements FixedKeyProcessor<String, PlainPack, List<PlainReading>> {
  static final String STORE = "seen";

  private final long windowMillis;
  private @Nullable FixedKeyProcessorContext<String, List<PlainReading>> context;
  private @Nullable KeyValueStore<String, SeenPacks> seenPacks;
  private @Nullable Sensor duplicates;
  private @Nullable Sensor foreign;

  Deduplication(Duration window) {
    this.windowMillis = window.toMillis();
  }

  @Override
  public void init(FixedKeyProcessorContext<String, List<PlainReading>> context) {
    this.context = context;
    this.seenPacks = context.getStateStore(STORE);
    this.duplicates = dropped(context, "duplicates");
    this.foreign = dropped(context, "malformed");
  }

  private static Sensor dropped(FixedKeyProcessorContext<?, ?> context, String operation) {
    return context
        .metrics()
        .addRateTotalSensor(
            "packs", context.taskId().toString(), operation, Sensor.RecordingLevel.INFO);
  }

  @Override
  public void process(FixedKeyRecord<String, PlainPack> message) {
    PlainPack pack = message.value();
    if (!pack.device().equals(message.key())) {
      requireNonNull(foreign).record();
      return;
    }
    if (!isNew(pack)) {
      requireNonNull(duplicates).record();
      return;
    }
    TreeMap<Long, List<PlainReading>> windows = new TreeMap<>();
    for (PlainReading reading : pack.readings()) {
      long start = Math.floorDiv(reading.timeMillis(), windowMillis) * windowMillis;
      windows.computeIfAbsent(start, unseen -> new ArrayList<>()).add(reading);
    }
    windows.values().forEach(readings -> forward(message, readings));
  }

  private boolean isNew(PlainPack pack) {
    KeyValueStore<String, SeenPacks> store = requireNonNull(seenPacks);
    SeenPacks seen = store.get(pack.device());
    if (seen == null) {
      seen = new SeenPacks();
    }
    boolean isNew = seen.add(pack.epoch(), pack.seq());
    if (isNew) {
      store.put(pack.device(), seen);
    }
    return isNew;
  }

  private void forward(FixedKeyRecord<String, PlainPack> message, List<PlainReading> readings) {
    requireNonNull(context)
        .forward(message.withValue(readings).withTimestamp(PlainPack.greatestMillis(readings)));
  }
}
