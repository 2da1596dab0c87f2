package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers of one job: each goes on where the other was killed. */
class StandbyIT {
  private static final int ENOUGH = 5_000;

  private final Path folder;

  StandbyIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void one_goes_on_where_the_other_was_killed_and_nothing_is_lost_or_doubled() throws Exception {
    Stack stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .withStandby()
            .jobSetting("devicePace", "2s")
            .start();
    try (Pipeline pipeline =
        new Pipeline(stack, new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch"))) {
      Component first = stack.streamJob();
      Component second = stack.streamStandby();
      try (SeededLoad load = pipeline.load(1, "e1")) {
        // Given
        pipeline.awaitMoreStored(ENOUGH);
        Pipeline.awaitUntil(() -> log(second).contains("Rehearsed: "));
        OptionalLong secondPid = second.pid();

        // When
        first.kill();
        long killed = System.nanoTime();
        pipeline.awaitMoreStored(1);
        System.out.printf("StandbyIT: goes on after %.1f s%n", (System.nanoTime() - killed) / 1e9);

        // Then
        assertThat(log(second)).contains("Taking over");
        assertThat(second.pid()).isEqualTo(secondPid);
        pipeline.awaitMoreStored(ENOUGH);

        // When the first is there again, and the second is killed before it has rehearsed
        first.start();
        second.kill();

        // Then
        pipeline.awaitMoreStored(ENOUGH);
        assertThat(load.produced()).isPositive();
      }
      assertAllIsThereOnce(stack);
    }
  }

  private static String log(Component component) throws IOException {
    return Files.readString(component.logFile());
  }

  private static void assertAllIsThereOnce(Stack stack) throws IOException, InterruptedException {
    Finding finding = Auditor.audit(stack.endpoints(), Pipeline.BOUND);
    assertThat(finding.proven()).as("%s", finding.gaps()).isTrue();
    stack.streamJob().stop();
    assertThat(stack.streamJob().exitCode()).as("exit code after SIGTERM").hasValue(0);
    Differences toTheBit = ExactOracle.of(stack).compare();
    assertThat(toTheBit.compared()).isPositive();
    assertThat(toTheBit.isNone()).as("%s", toTheBit).isTrue();
  }
}
