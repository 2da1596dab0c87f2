package io.fieldwatch.benchmark.flink;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Takes a device's state through its messages. The state stays an object on the heap; its bytes are
 * made at checkpoints only, by another thread, which is why a checkpoint ends the work's right to
 * change the states it returned so far.
 */
final class DeviceFunction extends KeyedProcessFunction<String, Message, DeviceWindow>
    implements CheckpointedFunction {
  private final Duration window;
  private final Duration lateness;
  private transient @Nullable SharedWork work;
  private transient @Nullable ValueState<DeviceState> states;

  DeviceFunction(Duration window, Duration lateness) {
    this.window = window;
    this.lateness = lateness;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    work = new SharedWork(window, lateness);
    states =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("device", new DeviceSerializer(window, lateness)));
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    SharedWork counted = requireNonNull(work);
    metrics.gauge("packs", () -> counted.counts().packs());
    metrics.gauge("late", () -> counted.counts().late());
    metrics.gauge("duplicates", () -> counted.counts().duplicates());
    metrics.gauge("malformed", () -> counted.counts().refusedPacks());
  }

  @Override
  public void processElement(Message message, Context context, Collector<DeviceWindow> out)
      throws Exception {
    ValueState<DeviceState> state = requireNonNull(states);
    String device = context.getCurrentKey();
    state.update(
        requireNonNull(work)
            .apply(
                state.value(),
                device,
                message.value(),
                message.timestampMillis(),
                closed -> out.collect(new DeviceWindow(device, closed))));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    requireNonNull(work).handOver();
  }
}
