package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotPaceTest {
  private final SnapshotPace pace = new SnapshotPace(Duration.ofSeconds(10), 1_000);

  @Test
  void a_snapshot_that_is_quickly_written_is_due_as_often_as_configured() {
    assertThat(pace.isDue(10_999)).isFalse();
    assertThat(pace.isDue(11_000)).isTrue();

    pace.begun(11_000);
    pace.ended(13_500);

    assertThat(pace.isDue(20_999)).isFalse();
    assertThat(pace.isDue(21_000)).isTrue();
  }

  @Test
  void a_snapshot_that_takes_long_is_due_when_it_took_a_quarter_of_the_time() {
    pace.begun(11_000);
    pace.ended(16_000);

    assertThat(pace.isDue(30_999)).isFalse();
    assertThat(pace.isDue(31_000)).isTrue();

    // When the next one is quick again
    pace.begun(31_000);
    pace.ended(31_100);

    assertThat(pace.isDue(41_000)).isTrue();
  }
}
