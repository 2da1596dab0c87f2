package io.fieldwatch.local.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.bench.Result;
import io.fieldwatch.local.chaos.Chaos;
import io.fieldwatch.local.chaos.Faults;
import io.fieldwatch.local.stack.Installation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault of {@code ./fieldwatch chaos}, on the whole stack; outages are scaled down. */
class ChaosIT {
  private static final Duration OUTAGE = Duration.ofSeconds(6);

  @TempDir private Path folder;

  @Test
  void every_fault_leaves_every_reading_accounted_for_and_every_point_as_the_log_says()
      throws Exception {
    long seed = Long.getLong("fieldwatch.seed", System.nanoTime() % 1_000_000);
    System.out.println("ChaosIT: -Dfieldwatch.seed=" + seed);

    Result result =
        new Chaos(Installation.find(), OUTAGE, seed, line -> System.out.println("ChaosIT: " + line))
            .run("all", Faults.all(), folder.resolve("stack"));

    assertThat(result.ok()).as(result.json()).isTrue();
  }
}
