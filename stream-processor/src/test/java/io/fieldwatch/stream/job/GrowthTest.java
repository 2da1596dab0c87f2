package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.ledger.Entry;
import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.MemoryJournals;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.stream.partition.Nowhere;
import io.fieldwatch.stream.partition.PartitionRun;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart does with the state when the topic has got more partitions. */
class GrowthTest {
  private static final int BEFORE = 2;
  private static final int AFTER = 5;
  private static final int DEVICES = 60;
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Rules RULES =
      new Rules(
          List.of(WindowSpec.tumbling(Duration.ofSeconds(10))),
          Scoring.SHORTEST,
          Emission.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
          List.of(),
          new Rules.Limits(10, 4));

  private final SnapshotStore store;
  private final MemoryJournals files = new MemoryJournals();

  GrowthTest(@TempDir Path folder) {
    this.store = new SnapshotStore(new StreamConfig.Hdfs(URI.create("file:///"), "" + folder, 1));
  }

  @Test
  void everyDeviceIsAfterwardsInThePartitionThatKafkaHasForItAndNowhereElse() throws IOException {
    // Given a state of two partitions, and a topic of five of which one has a deleted beginning
    Snapshot old = writeStateOf(BEFORE);
    Ledger ledger = ledgerAt(Position.of(old.nextOffsets()));
    Map<Integer, Long> firstOffsets = Map.of(0, 3L, 1, 4L, 2, 0L, 3, 7L, 4, 0L);

    // When
    StartingPoint grown;
    try (JavaSparkContext spark = new JavaSparkContext(sparkConf())) {
      grown = new Growth(spark, store, ledger).split(old, firstOffsets);
    }

    // Then the old partitions are read on where they were, the new ones from their beginning
    assertThat(grown.position())
        .isEqualTo(Position.of(Map.of(0, 100L, 1, 101L, 2, 0L, 3, 7L, 4, 0L)));
    assertThat(store.newest(snapshot -> true)).isEqualTo(grown.snapshot());
    assertThat(History.of(files.texts()).vouches(grown.position())).isPresent();

    // And every device is where its records will be
    List<String> keys = new ArrayList<>();
    for (int partition = 0; partition < AFTER; partition++) {
      PartitionState state =
          store.readPartition(grown.snapshot().orElseThrow().number(), partition);
      assertThat(state.nextOffset()).isEqualTo(grown.position().at(partition));
      for (DeviceState device : state.devices()) {
        String key = device.id().key();
        assertThat(KeyPartition.of(key.getBytes(UTF_8), AFTER)).isEqualTo(partition);
        assertThat(device.openWindows()).as("open windows of %s", key).isEqualTo(1);
        keys.add(key);
      }
    }
    assertThat(keys).doesNotHaveDuplicates().hasSize(DEVICES);
  }

  private Ledger ledgerAt(Position position) throws IOException {
    return Ledger.begin(
        files.driver(),
        History.of(new TreeMap<>()),
        position,
        new Entry.Release("1.0", "m1"),
        CLOCK);
  }

  private Snapshot writeStateOf(int partitions) throws IOException {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      offsets.put(partition, 100L + partition);
      store.writePartition(1, stateOf(partition, 100L + partition));
    }
    Snapshot snapshot = new Snapshot(1, offsets);
    store.complete(snapshot);
    return snapshot;
  }

  private static PartitionState stateOf(int partition, long nextOffset) {
    PartitionRun run =
        new PartitionRun(
            PartitionState.empty(WindowTree.of(RULES.windows()), partition, 0),
            RULES,
            new Decoders(List.of(), PackDecoder.Limits.DEFAULT),
            new Nowhere());
    for (int i = 0; i < DEVICES; i++) {
      byte[] key = ("lab/d" + i).getBytes(UTF_8);
      if (KeyPartition.of(key, BEFORE) == partition) {
        byte[] pack =
            "[{\"n\":\"lab/d%d/a\",\"t\":1700000000,\"v\":1}]".formatted(i).getBytes(UTF_8);
        run.accept(new LogRecord(i, 1_700_000_000_000L, null, LogRecord.Delivery.LIVE, key, pack));
      }
    }
    return run.finish(nextOffset);
  }

  private static SparkConf sparkConf() {
    return new SparkConf()
        .setMaster("local[1]")
        .setAppName("growth")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.ui.enabled", "false");
  }
}
