package io.fieldwatch.benchmark.flink;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.plain.PlainPack;
import io.fieldwatch.benchmark.plain.PlainReading;
import io.fieldwatch.benchmark.plain.SeenPacks;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Lets a device's pack through the first time, reading by reading. */
final class Deduplication extends KeyedProcessFunction<String, PlainPack, SeriesReading> {
  private transient @Nullable ValueState<SeenPacks> seenPacks;
  private transient @Nullable Counter duplicates;

  @Override
  public void open(OpenContext context) {
    seenPacks =
        getRuntimeContext().getState(new ValueStateDescriptor<>("seen", new SeenPacksSerializer()));
    duplicates = getRuntimeContext().getMetricGroup().counter("duplicates");
  }

  @Override
  public void processElement(PlainPack pack, Context context, Collector<SeriesReading> out)
      throws Exception {
    ValueState<SeenPacks> state = requireNonNull(seenPacks);
    SeenPacks seen = state.value();
    if (seen == null) {
      seen = new SeenPacks();
    }
    boolean isNew = seen.add(pack.epoch(), pack.seq());
    state.update(seen);
    if (!isNew) {
      requireNonNull(duplicates).inc();
      return;
    }
    for (PlainReading reading : pack.readings()) {
      out.collect(
          new SeriesReading(
              pack.device() + '/' + reading.sensor(), reading.timeMillis(), reading.value()));
    }
  }
}
