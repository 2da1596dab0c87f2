package io.fieldwatch.stream.job;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.InfluxWriter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections of one executor's process, made when the first task asks and kept until the
 * process ends: tasks are far too short to have their own.
 */
record Outlets(InfluxWriter influx, Quarantine quarantine, ThreadLocal<Decoders> decodersOfThread) {
  private static final ConcurrentMap<StreamConfig, Outlets> OPEN = new ConcurrentHashMap<>();

  static Outlets of(StreamConfig config) {
    return OPEN.computeIfAbsent(
        config,
        c ->
            new Outlets(
                new InfluxWriter(
                    c.influxdb(),
                    () -> ProcessMilestones.reached(Milestone.OUTPUT_REQUEST_DELIVERED)),
                new Quarantine(c.kafka().bootstrapServers()),
                ThreadLocal.withInitial(() -> new Decoders(c.decoders(), c.packLimits()))));
  }

  /** The calling thread's own decoders, which keep names and buffers from batch to batch. */
  Decoders decoders() {
    return decodersOfThread.get();
  }
}
