package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackPlan;
import io.fieldwatch.local.stack.YarnCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a real YARN, whose application master, which has the driver in it, is killed under
 * load; then the same state goes on in one process. {@code -Dfieldwatch.yarn=true} runs it.
 */
@EnabledIfSystemProperty(named = "fieldwatch.yarn", matches = "true")
class YarnIT {
  private static final Duration BOUND = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void yarn_starts_the_job_again_and_results_are_what_the_log_gives() throws Exception {
    try (Stack stack = plan().onYarn().start()) {
      // Given
      YarnCluster yarn = stack.yarnCluster();
      String application = yarn.submit();
      awaitBatchesAfter(stack, 0);
      try (SeededLoad load =
          new SeededLoad(stack.endpoints().kafkaBootstrap(), 1, "one", 20, 2_000)) {
        await().atMost(BOUND).until(() -> load.produced() > 5_000);

        // When
        MachineShare machine = MachineShare.begin();
        long began = System.nanoTime();
        killApplicationMaster(stack);
        awaitBatchesAfter(stack, System.currentTimeMillis());

        // Then
        System.out.printf(
            "YarnIT: %s: kill -9 of the application master: back after %.1f s, with %.0f %% of the"
                + " machine%n",
            application, (System.nanoTime() - began) / 1e9, 100 * machine.leftToUs());
        assertThat(yarn.attempts(application)).isEqualTo(2);
      }
      assertThatNothingIsMissing(stack);
    }
    try (Stack stack = plan().start()) {
      assertThatNothingIsMissing(stack);
      // Open windows are written at their own pace, and all of them at a stop.
      stack.streamJob().stop();
      Differences differences = ExactOracle.of(stack).compare();
      System.out.println("YarnIT: " + differences);
      assertThat(differences.compared()).isPositive();
      assertThat(differences.isNone()).as("%s", differences).isTrue();
    }
  }

  private StackPlan plan() {
    return Stack.in(folder.resolve("stack"))
        .withoutMqtt()
        .jobSetting("windows", "[10s, 1m]")
        .jobSetting("lateness", "2s")
        .jobSetting("revisionHorizon", "20s")
        .jobSetting("devicePace", "2s")
        .jobSetting("snapshotEvery", "2s");
  }

  private static void assertThatNothingIsMissing(Stack stack)
      throws IOException, InterruptedException {
    Finding finding = Auditor.audit(stack.endpoints(), BOUND);
    assertThat(finding.proven()).as("%s", finding.gaps()).isTrue();
  }

  private static void awaitBatchesAfter(Stack stack, long millis) {
    InfluxQuery influx = new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch");
    String query = "SELECT last(batch_ms) FROM pipeline WHERE time > %dms".formatted(millis);
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !influx.run(query).isEmpty());
  }

  private static void killApplicationMaster(Stack stack) {
    ProcessHandle master =
        ProcessHandle.of(stack.yarnNodeManager().pid().orElseThrow()).stream()
            .flatMap(ProcessHandle::descendants)
            .filter(YarnIT::isApplicationMaster)
            .findAny()
            .orElseThrow();
    master.destroyForcibly();
    master.onExit().join();
  }

  /** The JVM itself, not the shells that started it. */
  private static boolean isApplicationMaster(ProcessHandle process) {
    try {
      String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), UTF_8);
      return command.contains("yarn.ApplicationMaster") && !command.startsWith("/bin/bash");
    } catch (IOException gone) {
      return false;
    }
  }
}
