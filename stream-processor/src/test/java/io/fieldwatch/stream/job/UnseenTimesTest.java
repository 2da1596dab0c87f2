package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnseenTimesTest {
  private static final int PARTITION = 7;

  @Test
  void readingsAreSeenOnce() {
    // Given
    UnseenTimes unseen = UnseenTimes.of(PARTITION, Duration.ofMinutes(1));
    unseen.add(1_000, 2);
    unseen.add(1_000, 3);
    unseen.add(2_000, 1);

    // When
    Latencies latencies = unseen.seenAt(3_000);

    // Then
    assertThat(latencies.count()).isEqualTo(6);
    assertThat(latencies.percentile(50)).isBetween(2_000.0, 2_020.0);
    assertThat(unseen.seenAt(4_000).count()).isZero();
  }

  @Test
  void nothingIsGatheredWhereOpenWindowsSeldomCome() {
    // Given
    UnseenTimes unseen = UnseenTimes.of(PARTITION, Duration.ofMinutes(2));

    // When
    unseen.add(1_000, 2);

    // Then
    assertThat(unseen.seenAt(3_000).count()).isZero();
  }
}
