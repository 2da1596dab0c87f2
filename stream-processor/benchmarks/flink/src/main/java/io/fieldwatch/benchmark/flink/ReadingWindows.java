package io.fieldwatch.benchmark.flink;

import java.time.Duration;
import java.util.Collection;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Tumbling windows by the reading's own time. Flink's timestamp of a reading is that of its pack;
 * to assign another one after the source would mean new watermarks there, which could not tell the
 * partitions apart.
 */
final class ReadingWindows extends WindowAssigner<SeriesReading, TimeWindow> {
  private final TumblingEventTimeWindows windows;

  ReadingWindows(Duration length) {
    this.windows = TumblingEventTimeWindows.of(length);
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      SeriesReading reading, long packMillis, WindowAssignerContext context) {
    return windows.assignWindows(reading, reading.timeMillis(), context);
  }

  @Override
  @SuppressWarnings("unchecked") // A trigger by event time looks at no element.
  public Trigger<SeriesReading, TimeWindow> getDefaultTrigger() {
    return (Trigger<SeriesReading, TimeWindow>) (Trigger<?, ?>) windows.getDefaultTrigger();
  }

  @Override
  public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
    return windows.getWindowSerializer(config);
  }

  @Override
  public boolean isEventTime() {
    return true;
  }

  @Override
  public String toString() {
    return "ReadingWindows";
  }
}
