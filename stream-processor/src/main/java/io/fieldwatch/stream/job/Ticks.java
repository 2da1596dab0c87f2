package io.fieldwatch.stream.job;

import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.Option;
import scala.reflect.ClassTag;

/**
 * A stream without elements: each of its empty batches says that one is due. What a batch reads is
 * for {@link BatchRunner} to say, so nothing is planned here that could fail while Kafka is away or
 * differ from the state's offsets; {@code docs/decisions/0003} has the reasons.
 *
 * <p>In Spark's checkpoint, so it never changes.
 */
@SuppressWarnings(
    "deprecation") // DStreams are, since Spark 3.4; they are what this job is made of.
final class Ticks extends InputDStream<Long> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<Long> LONG = ClassTag.apply(Long.class);

  private Ticks(JavaStreamingContext streaming) {
    super(streaming.ssc(), LONG);
  }

  static JavaDStream<Long> of(JavaStreamingContext streaming) {
    return new JavaDStream<>(new Ticks(streaming), LONG);
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public Option<RDD<Long>> compute(Time time) {
    return Option.apply(context().sparkContext().emptyRDD(LONG));
  }
}
