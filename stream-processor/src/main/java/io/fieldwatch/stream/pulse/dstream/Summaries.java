package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.pulse.BatchSummary;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.streaming.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a batch's summary an RDD: runs the batch when Spark Streaming asks for the RDD, on the
 * driver's job generator thread.
 *
 * <p>Keeps the summaries of the last batches in Spark's checkpoint, of which it is a part. After a
 * restart Spark asks again for the batches of a window; given empty ones, it would never take back
 * what it had added before the crash, and the counts of the window would stay too high for ever.
 *
 * @param <T> what the stream that says when a batch is due carries; it is not looked at
 */
final class Summaries<T> implements Function2<JavaRDD<T>, Time, JavaRDD<BatchSummary>> {
  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(Summaries.class);

  private final BatchRun run;
  private final long keptMillis;
  private final TreeMap<Long, BatchSummary> kept = new TreeMap<>();

  /**
   * @param keptMillis how far back Spark can ask after a restart
   */
  Summaries(BatchRun run, long keptMillis) {
    this.run = run;
    this.keptMillis = keptMillis;
  }

  @Override
  public JavaRDD<BatchSummary> call(JavaRDD<T> ticks, Time time) {
    return SummaryRdd.of(ticks.context(), summaryOf(time.milliseconds()));
  }

  private Object readResolve() {
    log.info("Going on with the pulse of {} batches before the restart", kept.size());
    return this;
  }

  private BatchSummary summaryOf(long batchMillis) {
    BatchSummary known = kept.get(batchMillis);
    if (known != null) {
      return known;
    }
    BatchSummary summary = run.run(batchMillis);
    if (!summary.isNothing()) {
      kept.put(batchMillis, summary);
      kept.headMap(batchMillis - keptMillis).clear();
    }
    return summary;
  }
}
