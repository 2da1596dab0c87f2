package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;

/**
 * Splits the state when the topic has got more partitions. The old partitions have been read to
 * their end with the old state by then, and a snapshot of it was written; this makes another
 * snapshot of it, in which every device is in the partition that Kafka now has for its key.
 *
 * <p>A crash on the way leaves the old snapshot to start from, and everything is done again. No
 * batch runs with the new state before its snapshot is complete.
 */
final class Growth {
  private final JavaSparkContext spark;
  private final SnapshotStore store;
  private final Ledger ledger;

  Growth(JavaSparkContext spark, SnapshotStore store, Ledger ledger) {
    this.spark = spark;
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * Splits a snapshot. Blocks until HDFS has the new one and the ledger vouches for it.
   *
   * @param old the state at the ledger's position
   * @param firstOffsets of all partitions of the topic; the new ones are read from there
   */
  StartingPoint split(Snapshot old, Map<Integer, Long> firstOffsets) throws IOException {
    TreeMap<Integer, Long> offsets = new TreeMap<>(firstOffsets);
    offsets.putAll(old.nextOffsets());
    Position position = Position.of(offsets);
    long number = store.nextNumber(ledger.term());
    List<Integer> partitions = IntStream.range(0, position.partitions()).boxed().toList();
    spark
        .parallelize(partitions, partitions.size())
        .foreach(new WritePart(store, old, number, position));
    Snapshot grown = new Snapshot(number, position.offsets());
    store.complete(grown);
    ledger.grow(position);
    ledger.note(number, position);
    ledger.settle();
    return new StartingPoint(Optional.of(grown), position);
  }

  private static final class WritePart implements VoidFunction<Integer> {
    private static final long serialVersionUID = 1;

    private final SnapshotStore store;
    private final long old;
    private final int oldPartitions;
    private final long number;
    private final Position position;

    WritePart(SnapshotStore store, Snapshot old, long number, Position position) {
      this.store = store;
      this.old = old.number();
      this.oldPartitions = old.nextOffsets().size();
      this.number = number;
      this.position = position;
    }

    @Override
    public void call(Integer partition) throws IOException {
      List<PartitionState> parts = new ArrayList<>();
      for (int from = 0; from < oldPartitions; from++) {
        parts.add(
            store
                .readPartition(old, from)
                .only(
                    key ->
                        KeyPartition.of(key.getBytes(UTF_8), position.partitions()) == partition));
      }
      store.writePartition(number, PartitionState.union(partition, position.at(partition), parts));
    }
  }
}
