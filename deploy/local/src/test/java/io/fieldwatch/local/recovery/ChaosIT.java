package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.bench.Result;
import io.fieldwatch.local.chaos.Chaos;
import io.fieldwatch.local.chaos.Fault;
import io.fieldwatch.local.chaos.Faults;
import io.fieldwatch.local.stack.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of {@code ./fieldwatch chaos} on the whole stack, with outages scaled down: those that no
 * other test strikes with, or all of them with {@code -Dfieldwatch.everyFault=true}.
 */
class ChaosIT {
  private static final Duration OUTAGE = Duration.ofSeconds(6);

  /** RecoveryIT, AcceptanceIT, GrowthIT and RetentionIT strike with these. */
  private static final Set<String> OF_OTHER_TESTS =
      Set.of(
          "kill-job",
          "kill-job-in-output",
          "task-fails",
          "kill-connect",
          "kill-agent",
          "more-partitions",
          "retention-passed");

  @TempDir private Path folder;

  @Test
  void faults_leave_every_reading_accounted_for_and_every_point_as_the_log_says() throws Exception {
    long seed = Long.getLong("fieldwatch.seed", System.nanoTime() % 1_000_000);
    System.out.println("ChaosIT: -Dfieldwatch.seed=" + seed);

    Result result =
        new Chaos(Installation.find(), OUTAGE, seed, line -> System.out.println("ChaosIT: " + line))
            .run("some", faults(), folder.resolve("stack"));

    assertThat(result.ok()).as(result.json()).isTrue();
  }

  private static List<Fault> faults() {
    if (Boolean.getBoolean("fieldwatch.everyFault")) {
      return Faults.all();
    }
    List<Fault> faults =
        Faults.all().stream().filter(fault -> !OF_OTHER_TESTS.contains(fault.name())).toList();
    assertThat(faults).hasSize(Faults.all().size() - OF_OTHER_TESTS.size());
    return faults;
  }
}
