package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.pulse.Pulse;
import io.fieldwatch.stream.pulse.Totals;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;

/**
 * The graph of the pulse: a batch runs when its summary is asked for, summaries are collected into
 * slides, and every window is made of slides. One slide makes one job.
 *
 * <p>All of it is in Spark's checkpoint, so every function is a class with a name.
 */
@SuppressWarnings(
    "deprecation") // DStreams are, since Spark 3.4; they are what this job is made of.
public final class PulseWindows {
  /** A checkpoint of Spark's that is older than this is not used. */
  private static final long STALE_MILLIS = 60_000;

  private final StreamConfig.Pulse settings;
  private final JavaDStream<BatchSummary> slides;
  private final Duration slide;
  private final Duration window;
  private final List<RunningWindow<?, ?>> running = new ArrayList<>();

  private PulseWindows(JavaDStream<BatchSummary> batches, StreamConfig.Pulse settings) {
    this.settings = settings;
    this.slide = duration(settings.slide());
    this.window = duration(settings.window());
    this.slides = batches.window(slide, slide).transform(new Parts.Slide());
  }

  /**
   * Runs the batches of a stream and takes their pulse. Called before the stream starts; {@link
   * PulseWriter#open} is called before that, too.
   *
   * @param ticks fires whenever a batch is due
   */
  public static <T> void over(JavaDStream<T> ticks, BatchRun run, StreamConfig.Pulse settings) {
    JavaDStream<BatchSummary> batches =
        ticks.transform(new Summaries<T>(run, keptMillis(settings)));
    // Windows ask for batches once in a slide; this asks for each when it is due.
    batches.foreachRDD(new Nothing());
    PulseWindows windows = new PulseWindows(batches, settings);
    JavaDStream<Pulse> pulse = windows.pulse();
    // The window wanted them cached, but they are in memory already.
    batches.persist(StorageLevel.NONE());
    GuardedOutput.add(pulse, windows.running);
  }

  private JavaDStream<Pulse> pulse() {
    JavaPairDStream<String, Long> flagged =
        slides.transformToPair(new Parts.CountsOf(Parts.Counted.FLAGGED_BY_DEVICE));
    JavaPairDStream<String, Long> refused =
        slides.transformToPair(new Parts.CountsOf(Parts.Counted.REFUSED_BY_REASON));
    Duration shortWindow = duration(settings.shortWindow());
    JavaDStream<Pulse> pulse = batchCount();
    for (JavaDStream<Pulse> part :
        List.of(
            totals(),
            hops(),
            slowest(),
            counts(refused, window).transform(new Parts.FromCounts(Parts.Use.REFUSALS, 1)),
            counts(flagged, window)
                .transform(new Parts.FromCounts(Parts.Use.LEADERS, settings.leaders())),
            counts(flagged, shortWindow)
                .transform(
                    new Parts.FromCounts(Parts.Use.SHORT_LEADERS, settings.shortLeaders())))) {
      pulse = pulse.union(part);
    }
    return pulse.transform(new Parts.InOneTask());
  }

  /** How many batches did something. */
  private JavaDStream<Pulse> batchCount() {
    JavaDStream<Long> count = slides.countByWindow(window, slide);
    running.add(new RunningWindow<>(count.dstream(), window, new Parts.Add()));
    return count.transform(new Parts.FromBatchCount());
  }

  /** With the inverse function: without it Spark makes a task of every slide in the window. */
  private JavaDStream<Pulse> totals() {
    JavaDStream<Totals> totals =
        slides
            .map(new Parts.TotalsOf())
            .reduceByWindow(new Parts.AddTotals(), new Parts.TakeTotalsBack(), window, slide);
    running.add(new RunningWindow<>(totals.dstream(), window, new Parts.AddTotals()));
    return totals.transform(new Parts.FromTotals());
  }

  /** A greatest value cannot be taken back, so all of the window is looked at every time. */
  private JavaDStream<Pulse> hops() {
    return slides.map(new Parts.HopsOf()).window(window, slide).mapPartitions(new Parts.FromHops());
  }

  /** In how many batches each hop was the slowest. */
  private JavaDStream<Pulse> slowest() {
    JavaPairDStream<String, Long> counts =
        slides.flatMap(new Parts.SlowestOf()).countByValueAndWindow(window, slide, 1);
    running.add(new RunningWindow<>(counts.dstream(), window, new Parts.Add()));
    return counts.transform(new Parts.FromCounts(Parts.Use.SLOWEST, 1));
  }

  /** Takes back what leaves the window. Whole numbers, so nothing is left over of it. */
  private JavaPairDStream<String, Long> counts(
      JavaPairDStream<String, Long> counted, Duration over) {
    JavaPairDStream<String, Long> counts =
        counted.reduceByKeyAndWindow(
            new Parts.Add(),
            new Parts.TakeBack(),
            over,
            slide,
            SummaryRdd.onePartition(),
            new Parts.IsCounted());
    running.add(new RunningWindow<>(counts.dstream(), over, new Parts.Add()));
    return counts;
  }

  /** What was in the windows when the newest checkpoint was written that is still used. */
  private static long keptMillis(StreamConfig.Pulse settings) {
    return Math.max(settings.window().toMillis(), settings.shortWindow().toMillis())
        + settings.slide().toMillis()
        + STALE_MILLIS;
  }

  private static Duration duration(java.time.Duration duration) {
    return new Duration(duration.toMillis());
  }

  private static final class Nothing implements VoidFunction<JavaRDD<BatchSummary>> {
    private static final long serialVersionUID = 1;

    @Override
    public void call(JavaRDD<BatchSummary> batch) {
      // The batch has run when it was made an RDD.
    }
  }
}
