package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.SparkCluster;
import io.fieldwatch.local.stack.SparkCluster.Executor;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a Spark cluster of a Master and two Workers, which die under a load that goes on.
 * Nobody but Spark starts the job again. {@code -Dfieldwatch.cluster.long=true} adds the deaths
 * that are rarer.
 */
class ClusterIT {
  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);
  private static final int DEVICES = 20;
  private static final int READINGS_PER_SECOND = 2_000;

  @TempDir private Path folder;

  private final List<Outage> outages = new ArrayList<>();
  private Stack stack;
  private SparkCluster cluster;

  /**
   * How long the job was away.
   *
   * @param share what others left of the machine
   */
  private record Outage(String what, Duration length, double share) {
    boolean isShort() {
      return length.toMillis() * share < BACK_WITHIN.toMillis();
    }

    @Override
    public String toString() {
      return "%s: back after %.1f s, with %.0f %% of the machine"
          .formatted(what, length.toMillis() / 1e3, 100 * share);
    }
  }

  private interface Harm {
    void strike() throws IOException, InterruptedException;
  }

  @Test
  void comes_back_when_the_driver_dies_and_when_its_worker_dies() throws Exception {
    withJobUnderLoad(
        () -> {
          // When
          afterwardsBack("kill -9 of the driver", () -> kill(driver()));
          assertThatTasksAreSpread();
          ProcessHandle driver = driver();
          afterwardsBack("kill -9 of an executor", () -> kill(executor()));
          assertThat(driver.isAlive()).as("the driver outlives an executor").isTrue();
          afterwardsBack("kill -9 of the Worker with the driver", this::killWorkerWithDriver);
        });
  }

  @Test
  @EnabledIfSystemProperty(named = "fieldwatch.cluster.long", matches = "true")
  void comes_back_when_the_other_worker_dies_and_is_supervised_by_a_new_master() throws Exception {
    withJobUnderLoad(
        () -> {
          // When
          Component worker = workerWithoutDriver();
          afterwardsBack("kill -9 of the Worker without the driver", worker::kill);
          worker.start();
          afterwardsBack("kill -9 of the Master", stack.sparkMaster()::kill);
          stack.sparkMaster().start();
          await().atMost(BOUND).until(() -> cluster.driver().isPresent());
          afterwardsBack("kill -9 of the driver under the new Master", () -> kill(driver()));
        });
  }

  private void withJobUnderLoad(Harm harm) throws Exception {
    try (Stack running =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .onSparkCluster()
            .jobSetting("windows", "[10s, 1m]")
            .jobSetting("lateness", "2s")
            .jobSetting("revisionHorizon", "20s")
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", "2s")
            .start()) {
      // Given
      stack = running;
      cluster = stack.sparkCluster();
      cluster.submit();
      awaitBatchesAfter(0);
      try (SeededLoad load =
          new SeededLoad(
              stack.endpoints().kafkaBootstrap(), 1, "one", DEVICES, READINGS_PER_SECOND)) {
        await().atMost(BOUND).until(() -> load.produced() > 2 * READINGS_PER_SECOND);
        harm.strike();
      }
      // Then
      Finding finding = Auditor.audit(stack.endpoints(), BOUND);
      assertThat(finding.proven()).as("%s", finding.gaps()).isTrue();
      // Open windows are written at their own pace, and all of them at a stop.
      cluster.stop(BOUND);
      Differences differences = ExactOracle.of(stack).compare();
      System.out.println("ClusterIT: " + differences);
      assertThat(differences.compared()).isPositive();
      assertThat(differences.isNone()).as("%s", differences).isTrue();
      assertThat(outages).allMatch(Outage::isShort);
    }
  }

  /** Does harm, and waits until a batch that began after it is in InfluxDB. */
  private void afterwardsBack(String what, Harm harm) throws IOException, InterruptedException {
    MachineShare machine = MachineShare.begin();
    long began = System.nanoTime();
    harm.strike();
    awaitBatchesAfter(System.currentTimeMillis());
    Duration length = Duration.ofNanos(System.nanoTime() - began);
    outages.add(new Outage(what, length, machine.leftToUs()));
    System.out.println("ClusterIT: " + outages.get(outages.size() - 1));
  }

  private void awaitBatchesAfter(long millis) {
    InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
    String query = "SELECT last(batch_ms) FROM pipeline WHERE time > %dms".formatted(millis);
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !influx.run(query).isEmpty());
  }

  private void assertThatTasksAreSpread() {
    await()
        .atMost(BOUND)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              List<Executor> executors = cluster.executors();
              assertThat(executors).hasSize(2).allMatch(executor -> executor.tasks() > 10);
              System.out.println("ClusterIT: " + executors);
            });
  }

  private Component workerWithDriver() {
    return stack.sparkWorkers().stream()
        .filter(worker -> drivers(worker).findAny().isPresent())
        .findAny()
        .orElseThrow();
  }

  /** The driver ends when it misses its Worker; until then it goes on. */
  private void killWorkerWithDriver() throws IOException, InterruptedException {
    ProcessHandle driver = driver();
    workerWithDriver().kill();
    driver.onExit().join();
  }

  private Component workerWithoutDriver() {
    return stack.sparkWorkers().stream()
        .filter(worker -> drivers(worker).findAny().isEmpty())
        .findAny()
        .orElseThrow();
  }

  private ProcessHandle driver() {
    return drivers(workerWithDriver()).findAny().orElseThrow();
  }

  private ProcessHandle executor() {
    return stack.sparkWorkers().stream()
        .flatMap(worker -> children(worker, "CoarseGrainedExecutorBackend"))
        .findAny()
        .orElseThrow();
  }

  private static Stream<ProcessHandle> drivers(Component worker) {
    return children(worker, "DriverWrapper");
  }

  private static Stream<ProcessHandle> children(Component worker, String mainClass) {
    return ProcessHandle.of(worker.pid().orElseThrow()).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> commandLine(child).contains(mainClass));
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
