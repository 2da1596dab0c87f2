package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.streaming.kafka010.OffsetRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver does before it stands by: it takes the newest records of the log through the code
 * of the batches, from an empty state and again and again, until Java has compiled what it will
 * need. A driver that has just been started works at a fraction of its pace for half a minute; one
 * that has rehearsed goes on at once.
 *
 * <p>It only reads: the log, and which model is current. Beside the driver that does the work it
 * takes processor time, about half of a core's, and nothing else.
 */
final class Rehearsal {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  /** Of each partition. */
  private static final long PACKS = 20_000;

  private static final int BATCHES = 10;
  private static final int FEWEST_PASSES = 3;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Of the time of a pass that the compilers had. Below it little is left to compile. */
  private static final double BUSY_COMPILERS = 0.05;

  private final JavaSparkContext spark;
  private final StreamConfig config;
  private final Map<String, Object> kafkaParameters;
  private final Clock clock;
  private final End end;

  /** Says whether the driver has something better to do by now. */
  @FunctionalInterface
  interface End {
    boolean isReached() throws IOException;
  }

  Rehearsal(
      JavaSparkContext spark,
      StreamConfig config,
      Map<String, Object> kafkaParameters,
      Clock clock,
      End end) {
    this.spark = spark;
    this.config = config;
    this.kafkaParameters = kafkaParameters;
    this.clock = clock;
    this.end = end;
  }

  /**
   * Rehearses, some minutes at most. A rehearsal that fails has only not helped; the log says so.
   */
  void run() throws InterruptedException {
    try (LogEnd logEnd = new LogEnd(kafkaParameters);
        Models models = models()) {
      Broadcast<TaskSettings> settings =
          spark.broadcast(new TaskSettings(config, models.current(), new RehearsalDestination()));
      rehearse(logEnd, settings);
      settings.unpersist(false);
    } catch (IOException | RuntimeException e) {
      log.warn("Cannot rehearse, standing by without: reason={}", e.getMessage());
    }
  }

  private Models models() throws IOException {
    return Models.open(
        ModelStore.at(config.hdfs().path("models"), clock), ModelFile.bundled(), Optional.empty());
  }

  private void rehearse(LogEnd logEnd, Broadcast<TaskSettings> settings)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int passes = 0;
    boolean isCompiled = false;
    while (!end.isReached()
        && System.nanoTime() - begin < LONGEST.toNanos()
        && (passes < FEWEST_PASSES || !isCompiled)) {
      long passBegin = System.nanoTime();
      long compiled = compilersMillis();
      pass(logEnd, settings);
      passes++;
      isCompiled = compilersMillis() - compiled < BUSY_COMPILERS * millisSince(passBegin);
    }
    log.info("Rehearsed: passes={} millis={}", passes, millisSince(begin));
  }

  private static long compilersMillis() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** The newest records once, in several batches. */
  private void pass(LogEnd logEnd, Broadcast<TaskSettings> settings)
      throws IOException, InterruptedException {
    Position ends = Position.of(logEnd.endOffsets());
    Map<Integer, Long> firsts = logEnd.firstOffsets();
    firsts.replaceAll((partition, first) -> Math.max(first, ends.at(partition) - PACKS));
    Position begins = Position.of(firsts);
    JavaRDD<PartitionOutcome> state =
        StateRdd.initial(
            spark, config.rules(), new SnapshotStore(config.hdfs()), Optional.empty(), begins);
    for (int batch = 1; batch <= BATCHES && !end.isReached(); batch++) {
      long begin = System.nanoTime();
      OffsetRange[] ranges = part(begins, ends, batch);
      // Open windows in every batch: what is noted of the readings in them is forgotten with them.
      BatchPlan plan = new BatchPlan(clock.millis(), Integer.MAX_VALUE, batch == BATCHES);
      PartitionTask task = new PartitionTask(settings, plan, ranges, ranges.length);
      JavaRDD<PartitionOutcome> next = StateRdd.next(state, spark, kafkaParameters, ranges, task);
      StateRdd.reports(next);
      state.unpersist(false);
      state = next;
      TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begin);
    }
    StateRdd.writeAndRead(state);
    state.unpersist(false);
  }

  /** The first, the second or another part of as many as there are batches. */
  private static OffsetRange[] part(Position begins, Position ends, int batch) {
    OffsetRange[] ranges = new OffsetRange[begins.partitions()];
    for (int partition = 0; partition < ranges.length; partition++) {
      long begin = begins.at(partition);
      long packs = ends.at(partition) - begin;
      ranges[partition] =
          OffsetRange.create(
              KafkaTopics.READINGS,
              partition,
              begin + packs * (batch - 1) / BATCHES,
              begin + packs * batch / BATCHES);
    }
    return ranges;
  }
}
