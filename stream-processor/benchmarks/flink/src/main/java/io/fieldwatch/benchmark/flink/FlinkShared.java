package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.contract.Settings;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;

/**
 * {@code flink-shared}: Fieldwatch's decoder and windows in a keyed process function, one state per
 * device. The topic is keyed by device already, so nothing is shuffled and all of it is one chain.
 */
public final class FlinkShared {
  private FlinkShared() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    FlinkJob job = new FlinkJob(settings);
    var messages = job.source(new MessageSchema(), WatermarkStrategy.noWatermarks());
    job.run(
        DataStreamUtils.reinterpretAsKeyedStream(messages, Message::device, Types.STRING)
            .process(new DeviceFunction(settings.window(), settings.lateness())),
        "flink-shared");
  }
}
