package io.fieldwatch.stream.job;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.streaming.Time;

/**
 * What Spark calls for every batch, on the driver's job thread. This class is in Spark's
 * checkpoint, so it never changes: it hands the batch to the runner of this process.
 */
public final class BatchFunction implements VoidFunction2<JavaRDD<Long>, Time> {
  private static final long serialVersionUID = 1;

  @Override
  public void call(JavaRDD<Long> tick, Time time) {
    Driver.runner().run(time.milliseconds());
  }
}
