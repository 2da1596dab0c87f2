package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.contract.Settings;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * {@code kafka-streams-shared}: Fieldwatch's decoder and windows in one processor, one state per
 * device, held as an object between commits.
 */
public final class KafkaStreamsShared {
  private KafkaStreamsShared() {}

  public static void main(String[] arguments) throws InterruptedException {
    Settings settings = Settings.of(arguments);
    StreamsProcess.run(topology(settings), StreamsProcess.properties(settings));
  }

  private static Topology topology(Settings settings) {
    Duration window = settings.window();
    Duration lateness = settings.lateness();
    return new Topology()
        .addSource("packs", new StringDeserializer(), new ByteArrayDeserializer(), settings.input())
        .addProcessor("work", () -> new DeviceProcessor(window, lateness), "packs")
        .addStateStore(new DeviceStoreBuilder(DeviceProcessor.STORE, window, lateness), "work")
        .addSink(
            "windows",
            settings.output(),
            new StringSerializer(),
            new ByteArraySerializer(),
            "work");
  }
}
