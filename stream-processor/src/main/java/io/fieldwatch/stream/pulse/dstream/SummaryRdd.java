package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.pulse.BatchSummary;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partition;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;

/**
 * The summary of one batch, in one partition that travels with its task.
 *
 * <p>Declares its partitioner, which is trivially true of one partition. With it Spark sees that
 * the union of many batches is one partition, too, and that a reduction by key needs no shuffle.
 */
final class SummaryRdd extends RDD<BatchSummary> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<BatchSummary> TAG = ClassTag.apply(BatchSummary.class);

  private final transient BatchSummary summary;

  private SummaryRdd(SparkContext spark, BatchSummary summary) {
    super(spark, new scala.collection.mutable.ArrayBuffer<>(), TAG);
    this.summary = summary;
  }

  /** An RDD with the summary, or without an element where it says nothing. */
  static JavaRDD<BatchSummary> of(SparkContext spark, BatchSummary summary) {
    return new JavaRDD<>(new SummaryRdd(spark, summary), TAG);
  }

  /** The one partitioner of the whole pulse. */
  static Partitioner onePartition() {
    return new HashPartitioner(1);
  }

  @Override
  public Option<Partitioner> partitioner() {
    return Option.apply(onePartition());
  }

  @Override
  public Partition[] getPartitions() {
    return new Partition[] {new Only(summary)};
  }

  @Override
  public Iterator<BatchSummary> compute(Partition partition, TaskContext context) {
    BatchSummary found = ((Only) partition).summary;
    List<BatchSummary> elements = found.isNothing() ? List.of() : List.of(found);
    return JavaConverters.asScalaIterator(elements.iterator());
  }

  private static final class Only implements Partition {
    private static final long serialVersionUID = 1;

    private final BatchSummary summary;

    Only(BatchSummary summary) {
      this.summary = summary;
    }

    @Override
    public int index() {
      return 0;
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
