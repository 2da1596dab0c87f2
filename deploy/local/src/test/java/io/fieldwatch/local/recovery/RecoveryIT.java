package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.oracle.IndependentOracle;
import io.fieldwatch.local.oracle.Judgement;
import io.fieldwatch.local.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryIT {
  @TempDir private Path folder;

  @Test
  void smoke() throws Exception {
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .jobSetting("batch", "200ms")
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", "1s")
            .jobSetting("lateness", "2s")
            .jobSetting("revisionHorizon", "20s")
            .start()) {
      try (SeededLoad load =
          new SeededLoad(stack.endpoints().kafkaBootstrap(), 1, "one", 40, 8_000)) {
        for (int i = 0; i < 3; i++) {
          Thread.sleep(5_000);
          long began = System.nanoTime();
          stack.streamJob().kill();
          stack.streamJob().start();
          System.out.printf("restart %d ms%n", (System.nanoTime() - began) / 1_000_000);
        }
        load.stop();
        System.out.println("produced " + load.produced() + " records " + load.records());
      }
      long began = System.nanoTime();
      Finding finding = Auditor.audit(stack.endpoints(), Duration.ofMinutes(1));
      System.out.printf(
          "audit %d ms %s%n", (System.nanoTime() - began) / 1_000_000, finding.proven());
      began = System.nanoTime();
      Differences differences = ExactOracle.of(stack).compare();
      System.out.printf("exact %d ms %s%n", (System.nanoTime() - began) / 1_000_000, differences);
      began = System.nanoTime();
      IndependentOracle oracle =
          IndependentOracle.of(
              stack.endpoints().kafkaBootstrap(),
              new Judgement(
                  List.of("10s", "1m"),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(20),
                  Duration.ofMinutes(5)));
      Differences independent = oracle.compare(stack.endpoints().influxDb());
      System.out.printf(
          "independent %d ms %s late %d repeated %d%n",
          (System.nanoTime() - began) / 1_000_000, independent, oracle.late(), oracle.repeated());
      assertThat(differences.isNone()).isTrue();
      assertThat(independent.isNone()).isTrue();
    }
  }
}
