package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.hdfs.HdfsSettings;
import io.fieldwatch.stream.ledger.Entry;
import io.fieldwatch.stream.ledger.FencedException;
import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.ledger.hdfs.LedgerFolder;
import io.fieldwatch.stream.pulse.dstream.PulseWindows;
import io.fieldwatch.stream.pulse.dstream.PulseWriter;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the job in one driver: find the state, start the stream, run until told to stop.
 *
 * <p>SIGTERM lets the batch at hand end, writes everything out once more, writes a snapshot and
 * ends the process with 0. Any failure ends it with another code; whoever supervises it starts it
 * again, and it goes on from the newest snapshot.
 */
@SuppressWarnings(
    "deprecation") // DStreams are, since Spark 3.4; they are what this job is made of.
public final class Driver {
  private static final Logger log = LoggerFactory.getLogger(Driver.class);
  private static final AtomicReference<@Nullable BatchRunner> RUNNER = new AtomicReference<>();
  private static final int BEFORE_SPARK = 1_000;
  private static final long STOP_SECONDS = 60;

  /** A driver that has just taken over has a backlog to work off, and gets the processor first. */
  private static final java.time.Duration UNTIL_OTHER_IS_UP = java.time.Duration.ofSeconds(30);

  private final StreamConfig config;
  private final Clock clock;
  private final Destination destination;
  private final LedgerFolder ledgerFolder;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean endedWell;

  public Driver(StreamConfig config, Clock clock) {
    this(config, clock, Milestones.UNWATCHED, new InfluxDestination());
  }

  /**
   * @param milestones is told where the job is, on the threads that get there
   */
  public Driver(StreamConfig config, Clock clock, Milestones milestones) {
    this(config, clock, milestones, new InfluxDestination());
  }

  /** A job whose results go elsewhere than to InfluxDB. */
  public Driver(StreamConfig config, Clock clock, Destination destination) {
    this(config, clock, Milestones.UNWATCHED, destination);
  }

  private Driver(StreamConfig config, Clock clock, Milestones milestones, Destination destination) {
    this.config = config;
    this.destination = destination;
    this.clock = clock;
    this.ledgerFolder = new LedgerFolder(config.hdfs());
    ProcessMilestones.watch(milestones);
  }

  /** The runner of this process, for functions that Spark made from its checkpoint. */
  static BatchRunner runner() {
    BatchRunner runner = RUNNER.get();
    if (runner == null) {
      throw new IllegalStateException("Cannot run a batch: the job has not started");
    }
    return runner;
  }

  /**
   * Runs the job; blocks until it is told to stop or fails. Waits some minutes for HDFS and Kafka
   * if they are away when it begins.
   *
   * @throws IOException if HDFS or the model cannot be read
   * @throws IllegalStateException if there is no way to go on, with a sentence that says why
   * @throws FencedException if another driver has taken over
   * @throws InterruptedException if the thread is interrupted
   */
  public void run() throws IOException, InterruptedException {
    run(new JavaSparkContext(sparkConf(config)));
  }

  /**
   * As {@link #run}, but while another driver of this machine has the lock, stands by: starts Spark
   * and rehearses, so that it goes on within seconds of the other's end instead of starting cold.
   * It writes nowhere meanwhile. SIGTERM ends it then with the JVM's own code.
   *
   * @param lockFile on a local disk, the same for all drivers of the job on this machine
   * @throws IOException as {@link #run}, or if the lock cannot be asked for
   */
  public void runOrStandBy(Path lockFile) throws IOException, InterruptedException {
    try (DriverLock lock = DriverLock.on(lockFile)) {
      if (lock.take(UNTIL_OTHER_IS_UP)) {
        run();
      } else {
        JavaSparkContext spark = new JavaSparkContext(sparkConf(config));
        log.info("Another driver does the work, standing by: lock={}", lockFile);
        new Rehearsal(spark, config, kafkaParameters(), clock, lock::take).run();
        lock.await();
        log.info("Taking over");
        run(spark);
      }
    }
  }

  private void run(JavaSparkContext spark) throws IOException, InterruptedException {
    StartGuard guard = new StartGuard(config.hdfs(), spark.hadoopConfiguration(), clock);
    boolean distrustCheckpoint = Patience.with(guard::begin);
    try {
      runUntilStopped(spark, distrustCheckpoint);
      guard.endedWell();
      endedWell = true;
    } catch (FencedException e) {
      throw e;
    } catch (Exception | Error e) {
      // All of them: Spark throws its checked exception without declaring it.
      guard.failed(distrustCheckpoint ? Starts.End.FAILED_WITHOUT_CHECKPOINT : Starts.End.FAILED);
      if (distrustCheckpoint) {
        log.error(
            "The job has failed without Spark's checkpoint, too, so the reason is elsewhere: read it"
                + " below, and mend it before the next start");
      }
      throw e;
    } finally {
      stopped.countDown();
    }
  }

  private void runUntilStopped(JavaSparkContext spark, boolean distrustCheckpoint)
      throws IOException, InterruptedException {
    History history = Patience.with(() -> History.of(ledgerFolder.read()));
    try (LogEnd logEnd = Patience.with(() -> new LogEnd(kafkaParameters()));
        Models models = Patience.with(() -> models(history))) {
      BatchRunner runner = Patience.with(() -> runnerFromSnapshot(spark, history, models, logEnd));
      models.watch();
      RUNNER.set(runner);
      PulseWriter.open(config.pulse(), destination.ownPoints(config));
      CheckpointShell shell =
          new CheckpointShell(config, spark.hadoopConfiguration(), spark.version(), clock);
      if (distrustCheckpoint) {
        shell.setAside();
      } else {
        shell.clean();
      }
      JavaStreamingContext streaming = streamingContext(spark, shell);
      stopOnTermination();
      streaming.start();
      System.out.println("ready");
      await(streaming);
      // Not Spark's graceful stop, which waits for a checkpoint of every batch: our offsets say
      // all.
      runner.finish();
      streaming.stop(false, false);
      spark.stop();
    }
  }

  /** Finds the state and begins a file of the ledger, which ends any other driver. */
  private BatchRunner runnerFromSnapshot(
      JavaSparkContext spark, History history, Models models, LogEnd logEnd)
      throws IOException, InterruptedException {
    SnapshotStore store = new SnapshotStore(config.hdfs());
    history.problems().forEach(log::warn);
    StartingPoint start =
        StartingPoint.choose(
            store.newest(snapshot -> vouches(history, snapshot)),
            history,
            logEnd.firstOffsets(),
            logEnd.endOffsets());
    String model = models.current().version();
    log.info("Starting: model={} from={}", model, start);
    Ledger ledger = Ledger.begin(ledgerFolder, history, start.position(), release(model), clock);
    Function<StartingPoint, BatchRunner> runnerFrom =
        from ->
            new BatchRunner(
                spark,
                config,
                destination,
                kafkaParameters(),
                models,
                history.trail(),
                store,
                from,
                ledger,
                logEnd,
                clock);
    if (!start.isOutgrown(logEnd.partitions())) {
      return runnerFrom.apply(start);
    }
    log.info("The topic has got more partitions: from={} to={}", start, logEnd.partitions());
    // What was there before now was mostly written by producers that knew the old partitions.
    Snapshot drained = runnerFrom.apply(start).finishAt(logEnd.endOffsets());
    StartingPoint grown = new Growth(spark, store, ledger).split(drained, logEnd.firstOffsets());
    log.info("The state is split: to={}", grown);
    return runnerFrom.apply(grown);
  }

  /** Without any ledger the snapshots are of a version that had none, and stand for themselves. */
  private static boolean vouches(History history, Snapshot snapshot) {
    return history.term() == 0 || history.vouches(Position.of(snapshot.nextOffsets())).isPresent();
  }

  private Models models(History history) throws IOException {
    return Models.open(
        ModelStore.at(config.hdfs().path("models"), clock),
        ModelFile.bundled(),
        history.trail().newest());
  }

  private static Entry.Release release(String model) {
    String version = Driver.class.getPackage().getImplementationVersion();
    return new Entry.Release(version == null ? "unpackaged" : version, model);
  }

  private JavaStreamingContext streamingContext(JavaSparkContext spark, CheckpointShell shell) {
    return JavaStreamingContext.getOrCreate(
        shell.folder(),
        () -> {
          JavaStreamingContext fresh =
              new JavaStreamingContext(spark, new Duration(config.batch().toMillis()));
          fresh.checkpoint(shell.folder());
          PulseWindows.over(Ticks.of(fresh), new RunBatch(), config.pulse());
          return fresh;
        },
        spark.hadoopConfiguration(),
        true);
  }

  private void await(JavaStreamingContext streaming) throws InterruptedException {
    while (!stopAsked.await(200, TimeUnit.MILLISECONDS)) {
      // Throws what made a batch fail.
      if (streaming.awaitTerminationOrTimeout(1)) {
        throw new IllegalStateException("The stream ended by itself");
      }
    }
  }

  /** Runs before Spark's own hook, which would take the context away from under the last batch. */
  private void stopOnTermination() {
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              if (stopped.getCount() == 0) {
                return;
              }
              stopAsked.countDown();
              try {
                if (stopped.await(STOP_SECONDS, TimeUnit.SECONDS) && endedWell) {
                  Runtime.getRuntime().halt(0);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            BEFORE_SPARK,
            STOP_SECONDS + 5,
            TimeUnit.SECONDS);
  }

  static SparkConf sparkConf(StreamConfig config) {
    // Whoever submitted the job to a cluster has said where it runs, and whether it shows itself.
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", config.spark().master())
            .setIfMissing("spark.ui.enabled", "false")
            // A task that asks an executor which has just died for its part of the state.
            .setIfMissing("spark.shuffle.io.retryWait", "500ms");
    if (conf.get("spark.master").startsWith("local")) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    }
    // Spark's client of HDFS is the first of the process, so it is everybody's.
    HdfsSettings.keys(config.hdfs().replication())
        .forEach((key, value) -> conf.set("spark.hadoop." + key, value));
    return conf.setAppName("fieldwatch-stream")
        .set("spark.locality.wait", "0")
        .set("spark.speculation", "false")
        .set("spark.cleaner.periodicGC.interval", "10min")
        .set("spark.streaming.concurrentJobs", "1")
        .set("spark.streaming.stopGracefullyOnShutdown", "false")
        .set("spark.streaming.kafka.consumer.poll.ms", "10000");
  }

  private Map<String, Object> kafkaParameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    parameters.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    parameters.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    parameters.put(ConsumerConfig.GROUP_ID_CONFIG, "fieldwatch-stream");
    parameters.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    parameters.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // What is polled and fetched at once stays as little as Kafka's defaults: with ten times as
    // much
    // a record has left the processor's cache when it is decoded.
    parameters.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return parameters;
  }
}
