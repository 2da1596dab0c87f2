package io.fieldwatch.stream.job;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/**
 * The state after a batch: each partition is made of the one before and of the batch's records of
 * that partition, by one task.
 *
 * <p>A class and not {@code zipPartitions}, whose function Spark would clean: it reads the bytecode
 * of its own classes for that, in every batch, which took a core more than a tenth of its time.
 */
final class NextState extends RDD<PartitionOutcome> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<PartitionOutcome> TAG = ClassTag.apply(PartitionOutcome.class);
  private static final int BEFORE = 0;
  private static final int RECORDS = 1;

  /** Not kept longer than it is needed: the next state is sent to the tasks with this one in it. */
  private @Nullable PartitionTask task;

  /**
   * @param before the state before the batch
   * @param records with as many partitions
   */
  NextState(
      RDD<PartitionOutcome> before,
      RDD<ConsumerRecord<byte[], byte[]>> records,
      PartitionTask task) {
    super(
        before.context(),
        JavaConverters.asScalaBuffer(
            List.<Dependency<?>>of(
                new OneToOneDependency<>(before), new OneToOneDependency<>(records))),
        TAG);
    this.task = task;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] before = parent(BEFORE).partitions();
    Partition[] records = parent(RECORDS).partitions();
    if (before.length != records.length) {
      throw new IllegalArgumentException(
          "Invalid batch: records of %d partitions for a state of %d"
              .formatted(records.length, before.length));
    }
    Partition[] pairs = new Partition[before.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Pair(i, before[i], records[i]);
    }
    return pairs;
  }

  /** Where Kafka's consumer of the partition is: the same executor as long as they are the same. */
  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    return parent(RECORDS).preferredLocations(((Pair) split).records);
  }

  @Override
  public Iterator<PartitionOutcome> compute(Partition split, TaskContext context) {
    Pair pair = (Pair) split;
    Iterator<PartitionOutcome> before =
        this.<PartitionOutcome>parent(BEFORE).iterator(pair.before, context);
    Iterator<ConsumerRecord<byte[], byte[]>> records =
        this.<ConsumerRecord<byte[], byte[]>>parent(RECORDS).iterator(pair.records, context);
    try {
      PartitionOutcome after =
          requireNonNull(task, "the state is made already")
              .run(before.next().state(), JavaConverters.asJavaIterator(records));
      return JavaConverters.asScalaIterator(List.of(after).iterator());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot end the task, it was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot send to Kafka: " + e.getMessage(), e);
    }
  }

  /** Called by Spark when the state is made. */
  @Override
  public void clearDependencies() {
    super.clearDependencies();
    task = null;
  }

  @SuppressWarnings("unchecked") // A dependency does not know what its RDD carries.
  private <T> RDD<T> parent(int place) {
    return (RDD<T>) dependencies().apply(place).rdd();
  }

  private static final class Pair implements Partition {
    private static final long serialVersionUID = 1;

    private final int index;
    private final Partition before;
    private final Partition records;

    Pair(int index, Partition before, Partition records) {
      this.index = index;
      this.before = before;
      this.records = records;
    }

    @Override
    public int index() {
      return index;
    }
  }
}
