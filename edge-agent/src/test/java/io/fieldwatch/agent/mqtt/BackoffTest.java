package io.fieldwatch.agent.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void doublesFromHalfASecondToHalfAMinute() {
    for (long ceiling : new long[] {500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(ceiling / 2), Duration.ofMillis(ceiling));
    }
  }

  @Test
  void beginsAgainAfterASuccess() {
    // Given
    for (int i = 0; i < 5; i++) {
      backoff.next();
    }

    // When
    backoff.reset();

    // Then
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }
}
