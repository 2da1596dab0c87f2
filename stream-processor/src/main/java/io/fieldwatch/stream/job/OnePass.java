package io.fieldwatch.stream.job;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.stream.partition.Output;
import io.fieldwatch.stream.partition.PartitionRun;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the job must have written, computed from the log in one pass: from an empty state, without
 * batches, snapshots or Spark. It shares the rules with the job and none of what keeps the job
 * going, so whatever differs from InfluxDB was lost, doubled or mixed up by a failure.
 *
 * <p>All partitions go through one run, the lowest first and each to its end. A device is in one
 * partition, so this is each device's own order; where the number of partitions was doubled, the
 * device has moved upwards, and this still is.
 */
public final class OnePass {
  private static final Duration POLL = Duration.ofMillis(200);

  private final StreamConfig config;

  public OnePass(StreamConfig config) {
    this.config = config;
  }

  /**
   * Reads the log as far as it reaches now, and gives every point of it as line protocol; each
   * point once, as it stands in the end. Blocks.
   */
  public void writeTo(Appendable out) throws IOException {
    Collected results = new Collected(new Points(ModelFile.bundled(), config.rules(), 0));
    PartitionRun run =
        new PartitionRun(
            PartitionState.empty(WindowTree.of(config.rules().windows()), 0, 0),
            config.rules(),
            new Decoders(config.decoders(), config.packLimits()),
            results);
    long read = readLog(run);
    run.publishOpenWindows(Integer.MAX_VALUE);
    run.publishDevices();
    run.finish(read);
    Lines lines = results.points.lines();
    for (int i = 0; i < lines.size(); i++) {
      out.append(lines.slice(i, i + 1));
    }
  }

  private long readLog(PartitionRun run) {
    long read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaTopics.READINGS).stream()
              .map(PartitionInfo::partition)
              .sorted(Comparator.naturalOrder())
              .map(partition -> new TopicPartition(KafkaTopics.READINGS, partition))
              .toList();
      for (TopicPartition partition : partitions) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.offset() < end) {
              run.accept(LogRecords.of(record, read++));
            }
          }
        }
      }
    }
    return read;
  }

  private static final class Collected implements Output {
    private final Points points;

    Collected(Points points) {
      this.points = points;
    }

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      points.window(device, sensor, facts, window);
    }

    @Override
    public Model model() {
      return points.model();
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      points.score(device, sensor, window);
    }

    @Override
    public void stored(long timeMillis, int readings) {}

    @Override
    public void device(DeviceState device) {
      points.device(device);
    }

    /** Quarantine is at-least-once by design; the ledger says how much went there. */
    @Override
    public void quarantine(LogRecord record, Reason reason, String detail, int readings) {}
  }
}
