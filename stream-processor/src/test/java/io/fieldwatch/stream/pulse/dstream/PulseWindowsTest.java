package io.fieldwatch.stream.pulse.dstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.pulse.Hop;
import io.fieldwatch.stream.pulse.HopTime;
import io.fieldwatch.stream.pulse.HopTimes;
import io.fieldwatch.stream.pulse.Pulse;
import io.fieldwatch.stream.pulse.Ranking;
import io.fieldwatch.stream.pulse.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.scheduler.StreamingListener;
import org.apache.spark.streaming.scheduler.StreamingListenerBatchCompleted;
import org.apache.spark.util.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window operations in a real streaming context whose clock the test moves. */
@SuppressWarnings("deprecation")
class PulseWindowsTest {
  private static final long BATCH = 500;
  private static final StreamConfig.Pulse SETTINGS =
      new StreamConfig.Pulse(
          Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), 5, 3);

  /** What the batches did, for all that Spark makes of its checkpoint to find. */
  private static final NavigableMap<Long, BatchSummary> RAN = new ConcurrentSkipListMap<>();

  private final NavigableMap<Long, Pulse> delivered = new ConcurrentSkipListMap<>();
  private final Set<Long> completed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger tasks = new AtomicInteger();

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set by start(), with which every test begins
  private JavaSparkContext spark;

  @SuppressWarnings("NullAway.Init") // set by start(), with which every test begins
  private JavaStreamingContext streaming;

  private boolean running;
  private PulseWriter writer;

  @BeforeEach
  void begin() {
    RAN.clear();
    writer =
        PulseWriter.open(
            SETTINGS, (pulse, upkeep, slideMillis) -> delivered.put(slideMillis, pulse));
  }

  @AfterEach
  void end() {
    stop();
  }

  @Test
  void every_slide_says_what_a_recomputation_of_its_window_says() {
    // Given
    start();

    // When
    runFor(Duration.ofSeconds(150));

    // Then
    assertThat(delivered).hasSize(30);
    delivered.forEach((slideMillis, pulse) -> assertThat(pulse).isEqualTo(recomputed(slideMillis)));
  }

  @Test
  void a_window_goes_on_after_a_restart_and_takes_back_what_it_added_before() {
    // Given
    start();
    runFor(Duration.ofSeconds(95));

    // When
    stop();
    start();
    runFor(Duration.ofSeconds(130));

    // Then
    assertThat(delivered).hasSizeGreaterThanOrEqualTo(44);
    delivered.forEach((slideMillis, pulse) -> assertThat(pulse).isEqualTo(recomputed(slideMillis)));
  }

  @Test
  void a_slide_takes_a_handful_of_tasks() {
    // Given
    start();
    runFor(Duration.ofSeconds(70));
    tasks.set(0);

    // When
    runFor(Duration.ofSeconds(25));

    // Then
    assertThat(tasks.get() / 5.0).isLessThanOrEqualTo(9);
  }

  @Test
  void a_lost_executor_costs_the_pulse_a_window_at_most() {
    // Given
    start();
    runFor(Duration.ofSeconds(70));
    int delivered = this.delivered.size();

    // When
    spark.getPersistentRDDs().keySet().forEach(rdd -> SparkEnv.get().blockManager().removeRdd(rdd));
    // One slide may have been on its way when the blocks were lost.
    runFor(SETTINGS.window().plus(SETTINGS.slide().multipliedBy(2)));

    // Then
    assertThat(writer.failures()).isPositive();
    assertThat(this.delivered).hasSizeGreaterThan(delivered);
    assertThat(this.delivered.lastKey()).isEqualTo(completed.stream().max(Long::compare).get());
    assertDelivered();
  }

  @Test
  void batches_go_on_when_the_pulse_cannot_be_delivered() {
    // Given
    writer =
        PulseWriter.open(
            SETTINGS,
            (pulse, upkeep, slideMillis) -> {
              throw new IllegalStateException("Cannot deliver");
            });
    start();

    // When
    runFor(Duration.ofSeconds(20));

    // Then
    assertThat(writer.failures()).isEqualTo(4);
    assertThat(RAN).hasSize(40);
  }

  @Test
  void batches_go_on_and_windows_stay_right_when_windows_cannot_be_kept() throws IOException {
    // Given
    start();
    runFor(Duration.ofSeconds(25));

    // When
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    Files.createFile(folder);
    runFor(Duration.ofSeconds(70));
    Files.delete(folder);
    Files.move(away, folder);
    runFor(Duration.ofSeconds(35));

    // Then
    assertThat(RAN).hasSize(260);
    assertThat(delivered.lastKey()).isEqualTo(RAN.lastKey());
    delivered.forEach((slideMillis, pulse) -> assertThat(pulse).isEqualTo(recomputed(slideMillis)));
  }

  private void assertDelivered() {
    delivered.forEach((slideMillis, pulse) -> assertThat(pulse).isEqualTo(recomputed(slideMillis)));
  }

  private void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("pulse")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false")
                .set("spark.streaming.clock", ManualClock.class.getName()));
    spark
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                tasks.incrementAndGet();
              }
            });
    streaming =
        JavaStreamingContext.getOrCreate(
            folder.toString(),
            () -> {
              JavaStreamingContext fresh =
                  new JavaStreamingContext(spark, new org.apache.spark.streaming.Duration(BATCH));
              fresh.checkpoint(folder.toString());
              PulseWindows.over(Ticks.in(fresh), new Script(), SETTINGS);
              return fresh;
            });
    streaming.addStreamingListener(
        new StreamingListener() {
          @Override
          public void onBatchCompleted(StreamingListenerBatchCompleted batch) {
            completed.add(batch.batchInfo().batchTime().milliseconds());
          }
        });
    streaming.start();
    running = true;
  }

  private void stop() {
    if (running) {
      streaming.stop(false, false);
      spark.stop();
      running = false;
    }
  }

  private ManualClock clock() {
    return (ManualClock) streaming.ssc().scheduler().clock();
  }

  /** Batch by batch, as the clock of a real job would. */
  private void runFor(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= BATCH) {
      clock().advance(BATCH);
      long now = clock().getTimeMillis();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> completed.contains(now));
    }
  }

  private static Pulse recomputed(long slideMillis) {
    Pulse pulse = Pulse.NONE;
    Map<String, Long> refusals = new HashMap<>();
    Map<String, Long> slowest = new HashMap<>();
    for (BatchSummary batch : within(slideMillis, SETTINGS.window())) {
      pulse = pulse.plus(Pulse.ofTotals(batch.totals())).plus(Pulse.ofHops(batch.hops()));
      batch.refusedByReason().forEach((reason, count) -> refusals.merge(reason, count, Long::sum));
      batch.hops().slowest().map(Hop::code).ifPresent(hop -> slowest.merge(hop, 1L, Long::sum));
    }
    Ranking leaders = ranking(slideMillis, SETTINGS.window(), SETTINGS.leaders());
    Ranking shortLeaders = ranking(slideMillis, SETTINGS.shortWindow(), SETTINGS.shortLeaders());
    return pulse
        .plus(Pulse.ofBatches(within(slideMillis, SETTINGS.window()).size()))
        .plus(Pulse.ofRefusals(refusals))
        .plus(Pulse.ofSlowest(slowest))
        .plus(Pulse.ofLeaders(leaders.leaders()))
        .plus(Pulse.ofShortLeaders(shortLeaders.leaders()));
  }

  private static Ranking ranking(long slideMillis, Duration window, int places) {
    Map<String, Long> flagged = new HashMap<>();
    within(slideMillis, window)
        .forEach(
            batch ->
                batch
                    .flaggedByDevice()
                    .forEach((device, count) -> flagged.merge(device, count, Long::sum)));
    Ranking ranking = new Ranking(places);
    flagged.forEach(ranking::add);
    return ranking;
  }

  private static List<BatchSummary> within(long slideMillis, Duration window) {
    return RAN.subMap(slideMillis - window.toMillis(), false, slideMillis, true).values().stream()
        .filter(batch -> !batch.isNothing())
        .toList();
  }

  /** Batches that do something different every time, and now and then nothing. */
  private static final class Script implements BatchRun {
    private static final long serialVersionUID = 1;

    @Override
    public BatchSummary run(long batchMillis) {
      // As the job's: what was due before the last batch has nothing left to do.
      if (!RAN.isEmpty() && batchMillis <= RAN.lastKey()) {
        return BatchSummary.NOTHING;
      }
      BatchSummary summary = summary(batchMillis);
      RAN.put(batchMillis, summary);
      return summary;
    }

    private static BatchSummary summary(long batchMillis) {
      Random random = new Random(batchMillis);
      if (random.nextInt(4) == 0) {
        return BatchSummary.NOTHING;
      }
      Map<String, Long> flagged = new HashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        flagged.merge("lab/dev-" + random.nextInt(12), 1L + random.nextInt(3), Long::sum);
      }
      Map<String, Long> refused =
          random.nextBoolean() ? Map.of() : Map.of("late", 1L + random.nextInt(5));
      return new BatchSummary(
          new Totals(random.nextInt(100), random.nextInt(1000), 1, 2, 3, flagged.size(), 0),
          new HopTimes(time(random), time(random), time(random)),
          flagged,
          refused);
    }

    private static HopTime time(Random random) {
      long sum = random.nextInt(1000);
      return new HopTime(1 + random.nextInt(5), sum, sum);
    }
  }
}
