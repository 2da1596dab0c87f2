package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.contract.Settings;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What both programs have in common: a cluster within this process, one slot for the one core, heap
 * state with checkpoints in the file system, and Kafka at both ends.
 *
 * <p>After a crash a program goes on from the newest complete checkpoint in its folder.
 */
final class FlinkJob {
  /** One core: more subtasks would only hand records to each other. */
  private static final int PARALLELISM = 1;

  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(100);

  private final Settings settings;
  private final StreamExecutionEnvironment environment;

  FlinkJob(Settings settings) throws IOException {
    this.settings = settings;
    this.environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration(settings));
  }

  private static Configuration configuration(Settings settings) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, settings.state().toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.snapshotEvery());
    // Windows are appended at least once anyway, and no barrier has to wait for another.
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    Checkpoints.newest(settings.state())
        .ifPresent(
            checkpoint ->
                configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString()));
    return configuration;
  }

  <T> SingleOutputStreamOperator<T> source(
      KafkaRecordDeserializationSchema<T> schema, WatermarkStrategy<T> watermarks) {
    KafkaSource<T> source =
        KafkaSource.<T>builder()
            .setBootstrapServers(settings.bootstrap())
            .setTopics(settings.input())
            .setGroupId("flink-" + settings.output())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(schema)
            .setProperty("partition.discovery.interval.ms", "-1")
            .setProperty("max.poll.records", "5000")
            .build();
    return environment.fromSource(source, watermarks, "packs");
  }

  /** Appends the windows, and runs until the process is told to end. */
  void run(DataStream<DeviceWindow> windows, String name) throws Exception {
    windows.sinkTo(
        KafkaSink.<DeviceWindow>builder()
            .setBootstrapServers(settings.bootstrap())
            .setRecordSerializer(new DeviceWindowSchema(settings.output()))
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setProperty("linger.ms", "100")
            .setProperty("batch.size", "131072")
            .build());
    environment.execute(name);
  }
}
