package io.fieldwatch.stream.pulse.dstream;

import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.Option;
import scala.reflect.ClassTag;

/** Fires whenever a batch is due, and carries nothing; it can be in a checkpoint. */
@SuppressWarnings("deprecation")
final class Ticks extends InputDStream<String> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<String> TAG = ClassTag.apply(String.class);

  private Ticks(JavaStreamingContext streaming) {
    super(streaming.ssc(), TAG);
  }

  static JavaDStream<String> in(JavaStreamingContext streaming) {
    return new JavaDStream<>(new Ticks(streaming), TAG);
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public Option<RDD<String>> compute(Time time) {
    return Option.apply(context().sparkContext().emptyRDD(TAG));
  }
}
