package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.pulse.Pulse;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.dstream.DStream;
import org.apache.spark.streaming.dstream.ForEachDStream;
import org.apache.spark.streaming.scheduler.Job;
import scala.Option;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The output of the pulse, which cannot fail the batches: not when its jobs run, and not when Spark
 * makes them. A stream whose jobs cannot be made ends the whole streaming context.
 */
final class GuardedOutput extends ForEachDStream<Pulse> {
  private static final long serialVersionUID = 1;

  private final ArrayList<RunningWindow<?, ?>> windows;

  private GuardedOutput(DStream<Pulse> pulse, List<RunningWindow<?, ?>> windows) {
    super(pulse, new Publish(), false, ClassTag.apply(Pulse.class));
    this.windows = new ArrayList<>(windows);
  }

  /**
   * Adds the output to the stream's context.
   *
   * @param windows those that the pulse is made of, and that need the window before them
   */
  static void add(JavaDStream<Pulse> pulse, List<RunningWindow<?, ?>> windows) {
    new GuardedOutput(pulse.dstream(), windows).register();
  }

  @Override
  public Option<Job> generateJob(Time time) {
    long begin = System.nanoTime();
    PulseWriter writer = PulseWriter.current();
    try {
      if (isTimeValid(time)) {
        boolean hasFailed = writer.takeFailure();
        windows.forEach(window -> window.prepare(time, hasFailed));
      }
      return super.generateJob(time);
    } catch (Exception | AssertionError | StackOverflowError e) {
      writer.failed(e);
      return Option.empty();
    } finally {
      writer.spent(System.nanoTime() - begin);
    }
  }

  private static final class Publish extends AbstractFunction2<RDD<Pulse>, Time, BoxedUnit>
      implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public BoxedUnit apply(RDD<Pulse> parts, Time time) {
      PulseWriter.current()
          .publish(JavaRDD.fromRDD(parts, parts.elementClassTag()), time.milliseconds());
      return BoxedUnit.UNIT;
    }
  }
}
