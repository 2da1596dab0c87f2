package io.fieldwatch.benchmark.flink;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Bounded out-of-orderness like Flink's own, but emitted when event time has moved on by a step and
 * not every 200 ms: while a log is caught up on, minutes of event time pass in 200 ms.
 */
final class Watermarks<T> implements WatermarkGenerator<T> {
  private static final long STEP_MILLIS = 1000;

  private final long latenessMillis;
  private long greatestMillis;
  private long nextMillis;

  Watermarks(Duration lateness) {
    this.latenessMillis = lateness.toMillis();
  }

  @Override
  public void onEvent(T event, long timestampMillis, WatermarkOutput output) {
    greatestMillis = Math.max(greatestMillis, timestampMillis);
    if (greatestMillis >= nextMillis) {
      emit(output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    emit(output);
  }

  /** Minus one, because a watermark says that nothing up to it, itself included, is to come. */
  private void emit(WatermarkOutput output) {
    output.emitWatermark(new Watermark(greatestMillis - latenessMillis - 1));
    nextMillis = greatestMillis + STEP_MILLIS;
  }
}
