package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.benchmark.plain.PlainPack;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * {@code flink-idiomatic}: Jackson in the deserialization schema, one keyed function against
 * duplicates, and the window API with an incremental aggregate per sensor. The watermark is that of
 * the partitions, and late readings are dropped and counted by the window operator ({@code
 * numLateRecordsDropped}).
 *
 * <p>A reading stays where its device's packs are, so the second keyed stream needs no shuffle
 * either.
 */
public final class FlinkIdiomatic {
  private FlinkIdiomatic() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    FlinkJob job = new FlinkJob(settings);
    var packs = job.source(new PackSchema(), watermarks(settings.lateness()));
    SingleOutputStreamOperator<SeriesReading> readings =
        DataStreamUtils.reinterpretAsKeyedStream(packs, PlainPack::device, Types.STRING)
            .process(new Deduplication());
    KeyedStream<SeriesReading, String> series =
        DataStreamUtils.reinterpretAsKeyedStream(readings, SeriesReading::series, Types.STRING);
    job.run(
        series
            .window(new ReadingWindows(settings.window()))
            .aggregate(
                new StatisticsFunction(),
                new DeviceWindowFunction(),
                new StatisticsType(),
                TypeInformation.of(DeviceWindow.class)),
        "flink-idiomatic");
  }

  private static WatermarkStrategy<PlainPack> watermarks(Duration lateness) {
    return WatermarkStrategy.<PlainPack>forGenerator(context -> new Watermarks<>(lateness))
        .withTimestampAssigner((pack, kafkaMillis) -> PlainPack.greatestMillis(pack.readings()));
  }
}
