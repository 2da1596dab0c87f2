package io.fieldwatch.benchmark.structured;

import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.streaming.GroupState;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.Tuple4;

/**
 * Takes a device's state through its messages of one batch, which are (device, offset, time in
 * Kafka, value). Spark groups by sorting, which promises nothing about the order within a group.
 */
final class DeviceFunction
    implements FlatMapGroupsWithStateFunction<
        String, Tuple4<String, Long, Long, byte[]>, byte[], Tuple2<String, byte[]>> {
  private final Duration window;
  private final Duration lateness;
  private transient @Nullable SharedWork work;

  DeviceFunction(Duration window, Duration lateness) {
    this.window = window;
    this.lateness = lateness;
  }

  @Override
  public Iterator<Tuple2<String, byte[]>> call(
      String device, Iterator<Tuple4<String, Long, Long, byte[]>> messages, GroupState<byte[]> kept)
      throws IOException {
    List<Tuple4<String, Long, Long, byte[]>> inOrder = new ArrayList<>();
    messages.forEachRemaining(inOrder::add);
    inOrder.sort(Comparator.comparing(Tuple4::_2));
    List<Tuple2<String, byte[]>> windows = new ArrayList<>();
    DeviceState state = kept.exists() ? work().read(kept.get()) : null;
    for (Tuple4<String, Long, Long, byte[]> message : inOrder) {
      state =
          work()
              .apply(
                  state,
                  device,
                  message._4(),
                  message._3(),
                  closed -> windows.add(new Tuple2<>(device, closed.write())));
    }
    if (state != null) {
      kept.update(work().write(state));
    }
    return windows.iterator();
  }

  private SharedWork work() {
    if (work == null) {
      work = new SharedWork(window, lateness);
    }
    return work;
  }
}
