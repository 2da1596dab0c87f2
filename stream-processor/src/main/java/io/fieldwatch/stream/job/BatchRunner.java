package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.ledger.FencedException;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.ModelTrail;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.partition.RunCounts;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.streaming.kafka010.OffsetRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the batches, one after another, on the driver's job generator thread. Owns the state RDD and
 * the offsets it stands at.
 *
 * <p>The stream says when, this class says what: a batch begins where the state ends and takes what
 * the log holds by now, up to a bound. So a batch that failed is contained in the next one, a plan
 * that Spark recovered from its checkpoint can neither repeat nor lose a record, and a job that has
 * fallen behind catches up in a few large batches instead of many small ones, each with its fixed
 * cost. A batch is one job of one stage: each partition of the next state is made of the one before
 * and its records.
 */
final class BatchRunner {
  private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);
  private static final int MOST_FAILURES = 3;
  private static final long HDFS_PAUSE_MILLIS = 2_000;
  private static final long DRAIN_PAUSE_MILLIS = 20;

  /**
   * How long tasks of a failed batch may go on. More than a request to InfluxDB takes, and than
   * Spark takes to notice that an executor is gone.
   */
  private static final Duration LEFT_TASKS_BOUND = Duration.ofMinutes(3);

  private final JavaSparkContext spark;
  private final StreamConfig config;
  private final Map<String, Object> kafkaParameters;
  private final Destination destination;
  private final Models models;
  private final ModelTrail trail;
  private final SnapshotWriter snapshots;
  private final PointWriter influx;
  private final LogEnd logEnd;
  private final Ledger ledger;
  private final Clock clock;
  private final OpenWindowPaces openWindowPaces;
  private final SnapshotStore store;
  private final BatchBound batchBound;
  private final BatchTasks tasks;

  private JavaRDD<PartitionOutcome> state;

  /** What executors have got already, with the model in it. */
  private Broadcast<TaskSettings> settings;

  private Model sentModel;

  /** What the state stands at. */
  private Position reached;

  private PartitionReport.Census census = PartitionReport.Census.NOT_TAKEN;
  private long lastDevicesMillis;
  private long lag;
  private int failures;
  private boolean finished;

  /** Where a partition is not read any further, for those that have such a place. */
  private Map<Integer, Long> bound = Map.of();

  /** No batch before this: HDFS was away a moment ago. */
  private long hdfsAwayUntilMillis;

  /** Whether Kafka may have deleted what is to be read next: at the start, and after a failure. */
  private boolean mayMissRecords = true;

  /** Whether a part of the state may have died with its executor: after a failure. */
  private boolean mayLackState;

  /** Whether tasks may still run of a batch that failed, and since when. */
  private boolean mayHaveLeftTasks;

  private long failedMillis;

  /** Whether the state stands before the ledger, because it was read again. */
  private boolean behindLedger;

  /** When the last batch began that took all there was: batches due before it have nothing left. */
  private long caughtUpMillis;

  /** Whether windows may have changed since open ones were last written out. */
  private boolean changedWindows = true;

  /**
   * @param trail which models scored what so far; this runner goes on with it
   * @param start what the state stands at, and the ledger with it
   */
  BatchRunner(
      JavaSparkContext spark,
      StreamConfig config,
      Destination destination,
      Map<String, Object> kafkaParameters,
      Models models,
      ModelTrail trail,
      SnapshotStore store,
      StartingPoint start,
      Ledger ledger,
      LogEnd logEnd,
      Clock clock) {
    this.spark = spark;
    this.config = config;
    this.kafkaParameters = kafkaParameters;
    this.destination = destination;
    this.models = models;
    this.trail = trail;
    this.sentModel = models.current();
    this.settings = spark.broadcast(new TaskSettings(config, sentModel, destination));
    this.influx = destination.ownPoints(config);
    this.logEnd = logEnd;
    this.clock = clock;
    this.caughtUpMillis = clock.millis();
    this.ledger = ledger;
    this.openWindowPaces =
        new OpenWindowPaces(WindowTree.of(config.rules().windows()), config.openWindowPace());
    this.store = store;
    this.batchBound = new BatchBound(config.kafka().maxPacksPerPartitionPerBatch(), config.batch());
    this.tasks = new BatchTasks(spark);
    this.reached = start.position();
    this.state = stateAt(start);
    this.snapshots = new SnapshotWriter(store, start, ledger, config.snapshotEvery(), clock);
  }

  /**
   * Runs a batch. Blocks until its results are answered by InfluxDB and Kafka.
   *
   * @param batchMillis when it was due; what was due before the job began has nothing left to do
   * @return what the tasks say, or nothing if there was nothing to do or the batch has to wait
   * @throws FencedException if another driver has taken over
   * @throws IllegalStateException after {@value #MOST_FAILURES} failures in a row, before which a
   *     failed batch is left to the next one; or if a task of a failed one does not end
   */
  synchronized List<PartitionReport> run(long batchMillis) {
    if (finished || batchMillis <= caughtUpMillis || clock.millis() < hdfsAwayUntilMillis) {
      return List.of();
    }
    if (waitsForLeftTasks()) {
      return List.of();
    }
    try {
      List<PartitionReport> reports = runWhatIsThere(batchMillis);
      failures = 0;
      return reports;
    } catch (FencedException e) {
      throw e;
    } catch (RuntimeException | InterruptedException e) {
      failures++;
      mayMissRecords = true;
      mayLackState = true;
      mayHaveLeftTasks = true;
      failedMillis = clock.millis();
      if (e instanceof InterruptedException || failures >= MOST_FAILURES) {
        throw new IllegalStateException(
            "Cannot run batch %d, %d failures in a row".formatted(batchMillis, failures), e);
      }
      log.warn("Cannot run batch, the next one contains it: batch={}", batchMillis, e);
      return List.of();
    }
  }

  /**
   * Waits for the batch at hand, publishes everything once more and writes a last snapshot. Batches
   * that come after it do nothing; the next start goes on where this ends.
   *
   * @throws IOException if HDFS is away; the next start goes on from an older snapshot
   */
  synchronized void finish() throws IOException {
    openWindowPaces.makeAllDue();
    lastDevicesMillis = 0;
    run(clock.millis());
    finished = true;
    ledger.settle();
    snapshots.writeNow(state, reached);
    ledger.close();
    influx.close();
  }

  /**
   * Runs batches until the state stands at an offset in each partition or behind it, and writes a
   * snapshot of it. Batches that come after it do nothing.
   *
   * @throws IOException if HDFS is away
   */
  synchronized Snapshot finishAt(Map<Integer, Long> ends) throws IOException, InterruptedException {
    bound = Map.copyOf(ends);
    while (!hasReached(ends)) {
      run(clock.millis());
      TimeUnit.MILLISECONDS.sleep(DRAIN_PAUSE_MILLIS);
    }
    finished = true;
    ledger.settle();
    Snapshot snapshot = snapshots.writeNow(state, reached);
    influx.close();
    return snapshot;
  }

  /**
   * Waits for a snapshot that is being written beside the batches; none begins after it, so neither
   * may a batch. For a runner that is left where it is: one that finishes has waited.
   */
  void close() {
    snapshots.close();
  }

  private boolean hasReached(Map<Integer, Long> ends) {
    return ledger.position().offsets().entrySet().stream()
        .allMatch(next -> next.getValue() >= ends.getOrDefault(next.getKey(), 0L));
  }

  /**
   * A task of a failed batch may be writing windows as they were then. Were the next batch to run
   * beside it, the older points could come last, and stand for good.
   */
  private boolean waitsForLeftTasks() {
    if (!mayHaveLeftTasks) {
      return false;
    }
    mayHaveLeftTasks = tasks.areLeft();
    if (mayHaveLeftTasks && clock.millis() - failedMillis > LEFT_TASKS_BOUND.toMillis()) {
      throw new IllegalStateException(
          "Cannot go on: a task of a batch that failed has not ended within %s, and might write over"
                  .formatted(LEFT_TASKS_BOUND)
              + " what comes after it");
    }
    return mayHaveLeftTasks;
  }

  private List<PartitionReport> runWhatIsThere(long batchMillis) throws InterruptedException {
    long begin = clock.millis();
    Map<Integer, Long> endOffsets;
    try {
      restoreState();
      skipWhatIsGone();
      endOffsets = logEnd.endOffsets();
    } catch (KafkaException e) {
      log.warn("Cannot ask Kafka for new records, asking again: reason={}", e.getMessage());
      return List.of();
    }
    // Several failures in a row end the job: a leader that has just changed may be behind.
    StartingPoint.requireInLog(ledger.position(), endOffsets, "go on");
    Part part = part(ledger.position(), endOffsets);
    OffsetRange[] ranges = part.ranges();
    boolean isFull = isFull(ranges, batchBound.packs());
    boolean isAll = !part.again() && !isFull;
    changedWindows |= !isEmpty(ranges);
    BatchPlan plan = isAll ? plan(begin) : planWhileBehind(begin);
    List<PartitionReport> reports = List.of();
    try {
      if (isEmpty(ranges) && plan.isOfRecordsOnly()) {
        ledger.settle();
      } else {
        reports = runRecorded(part, plan, batchMillis);
      }
    } catch (IOException e) {
      hdfsAwayUntilMillis = clock.millis() + HDFS_PAUSE_MILLIS;
      log.warn(
          "Cannot record the batch in the ledger, it waits for HDFS: batch={} reason={}",
          batchMillis,
          e.getMessage());
      return List.of();
    }
    caughtUpMillis = isAll ? begin : caughtUpMillis;
    if (isFull && plan.isOfRecordsOnly()) {
      batchBound.took(clock.millis() - begin);
    }
    return reports;
  }

  /**
   * Where an executor has died, its part of the state is gone. Reads the whole state from the
   * newest snapshot and takes it through the log to where the ledger stands; the results on that
   * way are written again as they were. Much sooner done than by a new driver, which would need new
   * executors, too.
   */
  private void restoreState() {
    if (mayLackState && !StateRdd.isWhole(state)) {
      StartingPoint from = snapshots.newest();
      log.warn("A part of the state is gone with its executor, reading it again: from={}", from);
      snapshots.release(state);
      state = stateAt(from);
      reached = from.position();
      behindLedger = true;
      changedWindows = true;
    }
    mayLackState = false;
    while (behindLedger) {
      runJob(part(reached, ledger.position().offsets()), BatchPlan.ofRecordsOnly(clock.millis()));
      behindLedger = !reached.equals(ledger.position());
    }
  }

  /**
   * Steps over records that Kafka deleted before they were read, and says so in the ledger, in the
   * log and in a point: nobody can get them back, and everything behind them still can be read.
   */
  private void skipWhatIsGone() throws InterruptedException {
    if (!mayMissRecords) {
      return;
    }
    Lines lines = new Lines();
    Map<Integer, Long> firstOffsets = logEnd.firstOffsets();
    for (Map.Entry<Integer, Long> next : ledger.position().offsets().entrySet()) {
      int partition = next.getKey();
      long from = next.getValue();
      long to = firstOffsets.getOrDefault(partition, 0L);
      if (to > from) {
        ledger.skip(partition, to);
        log.warn(
            "Kafka deleted records before they were read: partition={} from={} to={} records={}",
            partition,
            from,
            to,
            to - from);
        lines
            .point("pipeline_gap")
            .tag("partition", Integer.toString(partition))
            .field("from", from)
            .field("to", to)
            .field("records", to - from)
            .at(clock.millis());
      }
    }
    mayMissRecords = false;
    influx.write(lines);
  }

  /**
   * Runs a batch between its two lines in the ledger.
   *
   * @throws IOException if it cannot be recorded; then it has not begun
   */
  private List<PartitionReport> runRecorded(Part part, BatchPlan plan, long batchMillis)
      throws IOException, InterruptedException {
    Position until = until(part.ranges());
    long batch = ledger.intend(ledger.position(), until, part.model().version());
    trail.add(until, part.model().version());
    ProcessMilestones.reached(Milestone.INTENT_RECORDED);
    // Not before: with the intent the commit of the batch before has come to HDFS.
    snapshots.writeIfDue(state, reached);
    List<PartitionReport> reports = runJob(part, plan);
    ProcessMilestones.reached(Milestone.OUTPUTS_DELIVERED);
    ledger.commit(batch, reached);
    publish(reports, plan.beginMillis(), batchMillis);
    changedWindows &= plan.openLevels() < openWindowPaces.levels();
    if (plan.openLevels() > 0) {
      openWindowPaces.published(plan.openLevels(), plan.beginMillis(), clock.millis());
    }
    lastDevicesMillis = plan.publishDevices() ? plan.beginMillis() : lastDevicesMillis;
    return reports;
  }

  private List<PartitionReport> runJob(Part part, BatchPlan plan) {
    OffsetRange[] ranges = part.ranges();
    PartitionTask task =
        new PartitionTask(settingsWith(part.model()), plan, ranges, logEnd.partitions());
    JavaRDD<PartitionOutcome> next = StateRdd.next(state, spark, kafkaParameters, ranges, task);
    List<PartitionReport> reports = collectReports(next);
    JavaRDD<PartitionOutcome> previous = state;
    state = next;
    reached = reached(reports);
    snapshots.release(previous);
    return reports;
  }

  /** Sent to the executors once for each model that follows another. */
  private Broadcast<TaskSettings> settingsWith(Model model) {
    if (!model.version().equals(sentModel.version())) {
      settings.unpersist(false);
      settings = spark.broadcast(new TaskSettings(config, model, destination));
      sentModel = model;
    }
    return settings;
  }

  private static Position reached(List<PartitionReport> reports) {
    return Position.of(
        reports.stream()
            .collect(Collectors.toMap(PartitionReport::partition, PartitionReport::nextOffset)));
  }

  private static Position until(OffsetRange[] ranges) {
    return Position.of(
        Arrays.stream(ranges)
            .collect(Collectors.toMap(OffsetRange::partition, OffsetRange::untilOffset)));
  }

  private List<PartitionReport> collectReports(JavaRDD<PartitionOutcome> next) {
    try {
      return tasks.run(() -> StateRdd.reports(next));
    } catch (Exception e) {
      // Spark throws its checked exception without declaring it.
      next.unpersist(false);
      throw new IllegalStateException("Cannot run the tasks of a batch: " + e.getMessage(), e);
    }
  }

  /** What is due within half a batch is done now: it would be late by the other half. */
  private BatchPlan plan(long now) {
    return plan(now, openWindowPaces.due(soon(now)), 1);
  }

  /** Nobody looks at windows of long ago while they are still open, nor at what devices were. */
  private BatchPlan planWhileBehind(long now) {
    return plan(now, openWindowPaces.dueWhileBehind(soon(now)), OpenWindowPaces.BEHIND);
  }

  private BatchPlan plan(long now, int dueLevels, long slower) {
    return new BatchPlan(
        now,
        changedWindows ? dueLevels : 0,
        soon(now) - lastDevicesMillis >= slower * config.devicePace().toMillis());
  }

  private long soon(long now) {
    return now + config.batch().toMillis() / 2;
  }

  private JavaRDD<PartitionOutcome> stateAt(StartingPoint from) {
    return StateRdd.initial(spark, config.rules(), store, from.snapshot(), from.position());
  }

  /**
   * What a batch is made of.
   *
   * @param model what it is scored with
   * @param again whether it was scored before, by that model, and more may follow it at once
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  private record Part(OffsetRange[] ranges, Model model, boolean again) {}

  /** What is read again is read in parts that one model scored, and scored with that model. */
  private Part part(Position begin, Map<Integer, Long> endOffsets) {
    Optional<ModelTrail.Stretch> before = trail.at(begin);
    if (before.isEmpty()) {
      return new Part(ranges(begin, endOffsets), models.current(), false);
    }
    Map<Integer, Long> ends = new HashMap<>(endOffsets);
    before
        .get()
        .until()
        .offsets()
        .forEach((partition, end) -> ends.merge(partition, end, Math::min));
    return new Part(ranges(begin, ends), models.version(before.get().model()), true);
  }

  /** What is to be read from a position on, up to ends and bounds. */
  private OffsetRange[] ranges(Position begin, Map<Integer, Long> endOffsets) {
    int most = batchBound.packs();
    OffsetRange[] ranges = new OffsetRange[begin.partitions()];
    begin
        .offsets()
        .forEach(
            (partition, from) -> {
              long known = endOffsets.getOrDefault(partition, from);
              long end = Math.max(from, Math.min(known, bound.getOrDefault(partition, known)));
              ranges[partition] =
                  OffsetRange.create(
                      KafkaTopics.READINGS, partition, from, Math.min(from + most, end));
            });
    return ranges;
  }

  /** Whether a range was cut, so that the log may hold more than the batch takes. */
  private static boolean isFull(OffsetRange[] ranges, int most) {
    for (OffsetRange range : ranges) {
      if (range.count() >= most) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmpty(OffsetRange[] ranges) {
    for (OffsetRange range : ranges) {
      if (range.count() > 0) {
        return false;
      }
    }
    return true;
  }

  /** Writes the job's own health. */
  private void publish(List<PartitionReport> reports, long beginMillis, long batchMillis)
      throws InterruptedException {
    RunCounts counts = RunCounts.NONE;
    Latencies latencies = new Latencies();
    PartitionReport.Census taken = PartitionReport.Census.NOT_TAKEN;
    long flagged = 0;
    long points = 0;
    long strays = 0;
    for (PartitionReport report : reports) {
      counts = counts.plus(report.counts());
      latencies.add(report.latencies());
      taken = taken.plus(report.census());
      flagged += report.flagged();
      points += report.points();
      strays += report.strays();
    }
    census = taken.taken() ? taken : census;
    lag = lag();
    Lines lines = new Lines();
    Lines.Point point =
        lines
            .point("pipeline")
            .tag("hop", "stream")
            .field("packs", counts.packs())
            .field("readings", counts.stored())
            .field("duplicates", counts.duplicates())
            .field("quarantined", counts.quarantined())
            .field("refused_packs", counts.refusedPacks())
            .field("late", counts.late())
            .field("flagged", flagged)
            .field("points", points)
            .field("strays", strays)
            .field("lag_packs", lag)
            .field("batch_ms", clock.millis() - beginMillis)
            .field("delay_ms", Math.max(0, beginMillis - batchMillis))
            .field("latency_count", latencies.count())
            .field("devices", census.devices())
            .field("series", census.series())
            .field("open_windows", census.openWindows());
    if (latencies.count() > 0) {
      point
          .field("latency_p50_ms", latencies.percentile(50))
          .field("latency_p99_ms", latencies.percentile(99))
          .field("latency_hdr", latencies.encoded());
    }
    point.at(beginMillis);
    influx.write(lines);
  }

  /** What came into the log while the batch ran; as it was while Kafka is away. */
  private long lag() {
    try {
      long behind = 0;
      for (Map.Entry<Integer, Long> end : logEnd.endOffsets().entrySet()) {
        behind += Math.max(0, end.getValue() - reached.offsets().getOrDefault(end.getKey(), 0L));
      }
      return behind;
    } catch (KafkaException e) {
      return lag;
    }
  }
}
