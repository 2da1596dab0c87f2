package io.fieldwatch.stream.pulse.dstream;

import java.io.Serializable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.dstream.DStream;
import scala.Tuple2;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/**
 * A window that Spark computes from the one before it, with an inverse function. Spark finds the
 * one before in memory, on HDFS, or by going back to when the stream first began. Here it never
 * needs HDFS and never goes back further than its own length: where the one before is not in
 * memory, it is added up from its slides.
 *
 * <p>Invariant: {@code window(t) = sum of slides in (t - length, t]}, whichever way it was found.
 *
 * @param <K> what is counted
 * @param <V> its counts
 */
final class RunningWindow<K, V> implements Serializable {
  private static final long serialVersionUID = 1;

  private final DStream<Tuple2<K, V>> stream;
  private final Duration length;
  private final Function2<V, V, V> add;

  /**
   * @param stream what an operation with an inverse function made, or a step behind it
   */
  RunningWindow(DStream<?> stream, Duration length, Function2<V, V, V> add) {
    this.stream = windowBehind(stream);
    this.length = length;
    this.add = add;
    // Spark insists on an interval, and remembers the windows of two; none is written to HDFS.
    this.stream.checkpoint(this.stream.slideDuration());
  }

  /**
   * Makes sure that the window that ends at a time can be computed.
   *
   * @param anew whether the window before is added up even if it is there, since it may be broken
   */
  void prepare(Time time, boolean anew) {
    Time before = time.$minus(stream.slideDuration());
    boolean isFirst = before.$less$eq(stream.zeroTime());
    if (!isFirst && (anew || !stream.generatedRDDs().contains(before))) {
      stream.generatedRDDs().put(before, addedUp(before));
    }
  }

  /**
   * Ends the lineage of what was made of a window at the window, in the memory of the executors.
   * Spark would end it on HDFS now and then; but while HDFS is away it would grow, until
   * serialising it overflows the stack of Spark's scheduler, which ends the whole job.
   */
  static void endLineage(RDD<?> madeOfWindow) {
    RDD<?> rdd = madeOfWindow;
    // Spark marks the windows, and only them.
    while (rdd.checkpointData().isEmpty()) {
      rdd = rdd.dependencies().head().rdd();
    }
    rdd.localCheckpoint();
  }

  private RDD<Tuple2<K, V>> addedUp(Time end) {
    DStream<Tuple2<K, V>> slides = dependency(stream);
    Time first = end.$minus(length).$plus(stream.slideDuration());
    Seq<RDD<Tuple2<K, V>>> found = slides.slice(first, end);
    ClassTag<Tuple2<K, V>> pair = tag();
    RDD<Tuple2<K, V>> all = stream.context().sparkContext().union(found, pair);
    return JavaPairRDD.fromRDD(all, RunningWindow.<K>tag(), RunningWindow.<V>tag())
        .reduceByKey(SummaryRdd.onePartition(), add)
        .rdd();
  }

  private static <T> DStream<T> windowBehind(DStream<?> stream) {
    DStream<?> window = stream;
    while (!window.mustCheckpoint()) {
      window = window.dependencies().head();
    }
    return cast(window);
  }

  private static <T> DStream<T> dependency(DStream<T> stream) {
    return cast(stream.dependencies().head());
  }

  @SuppressWarnings("unchecked") // Spark's list of dependencies does not know what they carry.
  private static <T> DStream<T> cast(DStream<?> stream) {
    return (DStream<T>) stream;
  }

  @SuppressWarnings("unchecked") // As Spark's own Java classes do.
  private static <T> ClassTag<T> tag() {
    return (ClassTag<T>) ClassTag.AnyRef();
  }
}
