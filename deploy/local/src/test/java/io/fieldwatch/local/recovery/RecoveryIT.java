package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.chaos.FaultyJob;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.oracle.IndependentOracle;
import io.fieldwatch.local.oracle.Judgement;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.ComponentException;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.JobProgram;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The job dies again and again at the worst moments, under a load that goes on; afterwards every
 * point in InfluxDB is what one pass over the log gives, to the last bit. Each restart cuts the
 * batches differently. The seed is printed; {@code -Dfieldwatch.seed=N} repeats it, and {@code
 * -Dfieldwatch.kills=N} kills another number of times than twice at each kind of place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryIT {
  private static final int KILLS = Integer.getInteger("fieldwatch.kills", 2);
  private static final int DEVICES = 40;
  private static final int READINGS_PER_SECOND = 8_000;
  private static final Duration QUIET_BOUND = Duration.ofMinutes(3);
  private static final Duration DEATH_BOUND = Duration.ofMinutes(2);
  private static final List<String> WINDOWS = List.of("10s", "1m");
  private static final Judgement JUDGEMENT =
      new Judgement(WINDOWS, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMinutes(5));

  private final long seed = Long.getLong("fieldwatch.seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private Stack stack;
  private FaultyJob job;
  private int loads;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    System.out.println("RecoveryIT: -Dfieldwatch.seed=" + seed);
    Path archive = folder.resolve("job.jsa");
    // Many starts: with an archive of classes and the quick compiler each costs half as much.
    JobProgram quick = JobProgram.BUILT.jvmOption("-XX:TieredStopAtLevel=1");
    Path jar = folder.resolve("faulty-job.jar");
    FaultyJob recorded =
        FaultyJob.in(
            Installation.find(), jar, quick.jvmOption("-XX:ArchiveClassesAtExit=" + archive));
    stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .jobProgram(recorded.sound())
            .jobSetting("windows", "[10s, {length: 30s, slide: 10s}, 1m]")
            .jobSetting("lateness", "2s")
            .jobSetting("revisionHorizon", "20s")
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", "1s")
            .start();
    try (SeededLoad load = newLoad()) {
      awaitReadings(load, 10 * READINGS_PER_SECOND);
    }
    stack.streamJob().stop();
    assertThat(stack.streamJob().exitCode()).as("exit code after SIGTERM").hasValue(0);
    assertThat(archive).isRegularFile();
    job =
        FaultyJob.in(Installation.find(), jar, quick.jvmOption("-XX:SharedArchiveFile=" + archive));
  }

  @AfterAll
  void stop() throws IOException {
    stack.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "after the intent,                          INTENT_RECORDED,            12",
    "between two requests of one batch,         OUTPUT_REQUEST_DELIVERED,   40",
    "before the commit,                         OUTPUTS_DELIVERED,          12",
    "in mid-snapshot,                           SNAPSHOT_PARTITION_WRITTEN, 8"
  })
  void nothing_is_lost_or_doubled_when_the_job_is_killed(
      String when, String milestone, int mostPassings) throws Exception {
    // Given
    try (SeededLoad load = newLoad()) {
      for (int kill = 1; kill <= KILLS; kill++) {
        // When
        int passing = 1 + random.nextInt(mostPassings);
        cutBatchesDifferently();
        stack.changeJobProgram(job.halting(milestone, passing));
        long began = System.nanoTime();
        awaitDeath(stack.streamJob());
        System.out.printf(
            "RecoveryIT: %s, kill %d of %d at passing %d after %.1f s, %d readings%n",
            when, kill, KILLS, passing, (System.nanoTime() - began) / 1e9, load.produced());
      }
      cutBatches("200ms", "20000");
      stack.changeJobProgram(job.sound());
      stack.streamJob().start();
    }
    // Then
    assertAllIsThereOnce();
  }

  @Test
  void nothing_is_doubled_when_a_task_fails_after_its_outputs() throws Exception {
    try (SeededLoad load = newLoad()) {
      // Given
      stack.changeJobProgram(job.throwing("PARTITION_DELIVERED", 1 + random.nextInt(20)));
      long logged = Files.size(stack.streamJob().logFile());
      stack.streamJob().start();

      // When
      await().atMost(DEATH_BOUND).until(() -> logSince(logged).contains("the fault strikes"));
      awaitReadings(load, 3 * READINGS_PER_SECOND);

      // Then
      assertThat(stack.streamJob().pid()).as("the job's process").isPresent();
    }
    assertAllIsThereOnce();
  }

  private SeededLoad newLoad() {
    loads++;
    return new SeededLoad(
        stack.endpoints().kafkaBootstrap(),
        seed + loads,
        "epoch-" + loads,
        DEVICES,
        READINGS_PER_SECOND);
  }

  private static void awaitReadings(SeededLoad load, int more) {
    long before = load.produced();
    await().atMost(Duration.ofMinutes(1)).until(() -> load.produced() >= before + more);
  }

  private void cutBatchesDifferently() {
    cutBatches(
        List.of("200ms", "250ms", "500ms").get(random.nextInt(3)),
        List.of("40", "200", "20000").get(random.nextInt(3)));
  }

  private void cutBatches(String every, String mostPacks) {
    stack.changeJobSetting("batch", every);
    stack.changeJobSetting("kafka.maxPacksPerPartitionPerBatch", mostPacks);
  }

  /** Starts the job, which may reach its fault before it serves. */
  private static void awaitDeath(Component job) throws IOException, InterruptedException {
    try {
      job.start();
    } catch (ComponentException diedEarly) {
      assertThat(job.pid()).as("%s", diedEarly.getMessage()).isEmpty();
    }
    await().atMost(DEATH_BOUND).until(() -> job.pid().isEmpty());
    assertThat(job.exitCode()).hasValue(FaultyJob.KILLED);
  }

  private String logSince(long offset) throws IOException {
    byte[] log = Files.readAllBytes(stack.streamJob().logFile());
    return new String(log, (int) offset, log.length - (int) offset, UTF_8);
  }

  private void assertAllIsThereOnce() throws IOException, InterruptedException {
    long began = System.nanoTime();
    Finding finding = Auditor.audit(stack.endpoints(), QUIET_BOUND);
    assertThat(finding.proven()).as("%s", finding.gaps()).isTrue();
    // Open windows are written at their own pace, and all of them at a stop.
    stack.streamJob().stop();
    assertThat(stack.streamJob().exitCode()).as("exit code after SIGTERM").hasValue(0);
    Differences toTheBit = ExactOracle.of(stack).compare();
    IndependentOracle oracle = IndependentOracle.of(stack.endpoints().kafkaBootstrap(), JUDGEMENT);
    Differences fromFirstPrinciples = oracle.compare(stack.endpoints().influxDb());
    System.out.printf(
        "RecoveryIT: audited and compared in %.1f s: %s; by first principles %s%n",
        (System.nanoTime() - began) / 1e9, toTheBit, fromFirstPrinciples);
    assertThat(toTheBit.compared()).isPositive();
    assertThat(toTheBit.isNone()).as("%s", toTheBit).isTrue();
    assertThat(fromFirstPrinciples.isNone()).as("%s", fromFirstPrinciples).isTrue();
    assertThat(oracle.repeated()).as("packs sent twice").isPositive();
    assertThat(oracle.late()).as("readings too late").isPositive();
  }
}
