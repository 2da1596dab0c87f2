package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.benchmark.plain.PlainPack;
import io.fieldwatch.benchmark.plain.PlainReading;
import io.fieldwatch.benchmark.plain.SeenPacks;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code kafka-streams-idiomatic}: the DSL. A deserializer made of Jackson, a store against
 * duplicates, tumbling windows with grace, and results when a window closes by the stream time of
 * its partition. Kafka Streams counts what it drops ({@code dropped-records}).
 */
public final class KafkaStreamsIdiomatic {
  private KafkaStreamsIdiomatic() {}

  public static void main(String[] arguments) throws InterruptedException {
    Settings settings = Settings.of(arguments);
    Properties properties = StreamsProcess.properties(settings);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    StreamsProcess.run(topology(settings), properties);
  }

  private static Topology topology(Settings settings) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Deduplication.STORE),
                Serdes.String(),
                StateSerde.of(SeenPacks::write, SeenPacks::read))
            .withCachingEnabled());
    KStream<String, List<PlainReading>> readings =
        builder.stream(settings.input(), packs())
            .processValues(() -> new Deduplication(settings.window()), Deduplication.STORE);
    Serde<DeviceStatistics> statistics =
        StateSerde.of(DeviceStatistics::write, DeviceStatistics::read);
    readings
        .groupByKey(Grouped.keySerde(Serdes.String()))
        .windowedBy(TimeWindows.ofSizeAndGrace(settings.window(), settings.lateness()))
        .aggregate(
            DeviceStatistics::new,
            (device, slice, window) -> window.add(slice),
            Materialized.with(Serdes.String(), statistics))
        .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
        .toStream()
        .flatMap(KafkaStreamsIdiomatic::results)
        .to(settings.output(), Produced.with(Serdes.String(), Serdes.ByteArray()));
    return builder.build();
  }

  private static Consumed<String, PlainPack> packs() {
    Serde<PlainPack> serde =
        Serdes.serdeFrom(
            (topic, pack) -> {
              throw new UnsupportedOperationException("Cannot write packs: they are only read");
            },
            new PackDeserializer());
    return Consumed.with(Serdes.String(), serde)
        .withTimestampExtractor(
            (message, partitionMillis) ->
                PlainPack.greatestMillis(((PlainPack) message.value()).readings()));
  }

  private static List<KeyValue<String, byte[]>> results(
      Windowed<String> window, DeviceStatistics statistics) {
    return statistics.results(window.window().start()).stream()
        .map(result -> KeyValue.pair(window.key(), result))
        .toList();
  }
}
