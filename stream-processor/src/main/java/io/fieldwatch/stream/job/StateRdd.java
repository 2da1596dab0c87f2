package io.fieldwatch.stream.job;

import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.partition.RunCounts;
import io.fieldwatch.stream.partition.StateFile;
import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.kafka010.KafkaUtils;
import org.apache.spark.streaming.kafka010.LocationStrategies;
import org.apache.spark.streaming.kafka010.OffsetRange;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** The RDD that holds the state: one element in each of its partitions, which are Kafka's. */
final class StateRdd {
  private StateRdd() {}

  /**
   * The state to begin with. Each partition is read from the snapshot by the task that needs it.
   *
   * @param snapshot what to read, or empty to begin without state
   * @param position what the state stands at
   */
  static JavaRDD<PartitionOutcome> initial(
      JavaSparkContext spark,
      Rules rules,
      SnapshotStore store,
      Optional<Snapshot> snapshot,
      Position position) {
    List<Integer> partitions = IntStream.range(0, position.partitions()).boxed().toList();
    long number = snapshot.map(Snapshot::number).orElse(ReadState.NO_SNAPSHOT);
    return spark
        .parallelize(partitions, partitions.size())
        .map(new ReadState(rules, store, number, position))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * The state after a batch, which Spark makes when it is asked for and then keeps.
   *
   * @param ranges what the batch reads, ascending by partition, one for each that the state has
   */
  static JavaRDD<PartitionOutcome> next(
      JavaRDD<PartitionOutcome> before,
      JavaSparkContext spark,
      Map<String, Object> kafkaParameters,
      OffsetRange[] ranges,
      PartitionTask task) {
    JavaRDD<ConsumerRecord<byte[], byte[]>> records =
        KafkaUtils.createRDD(spark, kafkaParameters, ranges, LocationStrategies.PreferConsistent());
    JavaRDD<PartitionOutcome> next =
        new NextState(before.rdd(), records.rdd(), task)
            .toJavaRDD()
            .persist(StorageLevel.MEMORY_AND_DISK());
    // Without this every batch would carry the lineage of all batches before it.
    next.rdd().localCheckpoint();
    return next;
  }

  /** Whether each partition is kept by some executor; else it may be lost. */
  static boolean isWhole(JavaRDD<PartitionOutcome> state) {
    BlockManagerMaster blocks = SparkEnv.get().blockManager().master();
    return IntStream.range(0, state.getNumPartitions())
        .noneMatch(index -> blocks.getLocations(new RDDBlockId(state.id(), index)).isEmpty());
  }

  /** Makes every partition of the state. Blocks until all tasks have ended. */
  static List<PartitionReport> reports(JavaRDD<PartitionOutcome> state) {
    return List.of((PartitionReport[]) run(state, new ReportOf(), PartitionReport.class));
  }

  /** Writes every partition of the state into a snapshot. Blocks until HDFS has them. */
  static void write(JavaRDD<PartitionOutcome> state, SnapshotStore store, long number) {
    run(state, new WriteState(store, number), BoxedUnit.class);
  }

  /** Does to every partition what a snapshot and a start do, in memory. Blocks until it is done. */
  static void writeAndRead(JavaRDD<PartitionOutcome> state) {
    run(state, new WriteAndReadState(), BoxedUnit.class);
  }

  /** Without what {@code collect} and {@code foreach} do first, see {@link NextState}. */
  private static <T> Object run(
      JavaRDD<PartitionOutcome> state, OfEach<T> function, Class<T> result) {
    return state.context().runJob(state.rdd(), function, ClassTag.<T>apply(result));
  }

  private static final class ReadState implements Function<Integer, PartitionOutcome> {
    private static final long serialVersionUID = 1;
    private static final long NO_SNAPSHOT = -1;

    private final Rules rules;
    private final SnapshotStore store;
    private final long number;
    private final Position position;

    ReadState(Rules rules, SnapshotStore store, long number, Position position) {
      this.rules = rules;
      this.store = store;
      this.number = number;
      this.position = position;
    }

    @Override
    public PartitionOutcome call(Integer partition) throws IOException {
      PartitionState state =
          number == NO_SNAPSHOT
              ? PartitionState.empty(
                  WindowTree.of(rules.windows()), partition, position.at(partition))
              : store.readPartition(number, partition).adapted(rules);
      return new PartitionOutcome(
          state,
          new PartitionReport(
              partition,
              state.nextOffset(),
              RunCounts.NONE,
              0,
              0,
              0,
              new Latencies(),
              PartitionReport.Census.NOT_TAKEN,
              BatchSummary.NOTHING));
    }
  }

  /** What is made of each partition of the state. */
  private abstract static class OfEach<T>
      extends AbstractFunction2<TaskContext, Iterator<PartitionOutcome>, T>
      implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public T apply(TaskContext context, Iterator<PartitionOutcome> partition) {
      return of(partition.next());
    }

    abstract T of(PartitionOutcome outcome);
  }

  private static final class ReportOf extends OfEach<PartitionReport> {
    private static final long serialVersionUID = 1;

    @Override
    PartitionReport of(PartitionOutcome outcome) {
      return outcome.report();
    }
  }

  private static final class WriteAndReadState extends OfEach<BoxedUnit> {
    private static final long serialVersionUID = 1;

    @Override
    BoxedUnit of(PartitionOutcome outcome) {
      try {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        StateFile.write(outcome.state(), file);
        StateFile.read(new ByteArrayInputStream(file.toByteArray()));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot happen in memory", e);
      }
      return BoxedUnit.UNIT;
    }
  }

  private static final class WriteState extends OfEach<BoxedUnit> {
    private static final long serialVersionUID = 1;

    private final SnapshotStore store;
    private final long number;

    WriteState(SnapshotStore store, long number) {
      this.store = store;
      this.number = number;
    }

    @Override
    BoxedUnit of(PartitionOutcome outcome) {
      try {
        store.writePartition(number, outcome.state());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot write partition %d of snapshot %d: %s"
                .formatted(outcome.state().partition(), number, e.getMessage()),
            e);
      }
      ProcessMilestones.reached(Milestone.SNAPSHOT_PARTITION_WRITTEN);
      return BoxedUnit.UNIT;
    }
  }
}
