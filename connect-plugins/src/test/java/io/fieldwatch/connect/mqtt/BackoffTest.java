package io.fieldwatch.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(800), new Random(42));

  @Test
  void waitsGrowUpToABoundAndVary() {
    // When
    List<Long> waits = Stream.generate(() -> backoff.next().toMillis()).limit(6).toList();

    // Then
    assertThat(waits.get(0)).isBetween(50L, 100L);
    assertThat(waits.get(1)).isBetween(100L, 200L);
    assertThat(waits.get(2)).isBetween(200L, 400L);
    assertThat(waits.subList(3, 6)).allSatisfy(wait -> assertThat(wait).isBetween(400L, 800L));
    assertThat(waits.subList(3, 6)).doesNotHaveDuplicates();
  }

  @Test
  void afterASuccessItBeginsAgain() {
    // Given
    backoff.next();
    backoff.next();

    // When
    backoff.reset();

    // Then
    assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
  }
}
