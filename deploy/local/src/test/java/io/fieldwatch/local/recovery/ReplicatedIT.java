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

/** Three Kafka brokers and two Connect workers under load, of which one each dies. */
class ReplicatedIT {
  @TempDir private Path folder;

  @Test
  void one_broker_and_one_worker_may_die_and_every_reading_is_accounted_for() throws Exception {
    long seed = Long.getLong("fieldwatch.seed", System.nanoTime() % 1_000_000);
    System.out.println("ReplicatedIT: -Dfieldwatch.seed=" + seed);

    Result result =
        new Chaos(
                Installation.find(),
                Duration.ofSeconds(5),
                seed,
                line -> System.out.println("ReplicatedIT: " + line))
            .run("replicated", Faults.replicated(), folder.resolve("stack"));

    assertThat(result.ok()).as(result.json()).isTrue();
  }
}
