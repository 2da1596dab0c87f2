package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchBoundTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  @Test
  void growsWhileFullBatchesAreShortAndStopsAtTheMost() {
    BatchBound bound = new BatchBound(10_000, INTERVAL);
    assertThat(bound.packs()).isEqualTo(2_000);
    bound.took(1_999);
    assertThat(bound.packs()).isEqualTo(4_000);
    bound.took(0);
    bound.took(0);
    assertThat(bound.packs()).isEqualTo(10_000);
  }

  @Test
  void staysWhileFullBatchesAreNeitherShortNorLong() {
    BatchBound bound = new BatchBound(100_000, INTERVAL);
    bound.took(2_000);
    bound.took(4_000);
    assertThat(bound.packs()).isEqualTo(2_000);
  }

  @Test
  void shrinksWhileFullBatchesAreLongButNotToNothing() {
    BatchBound bound = new BatchBound(100_000, INTERVAL);
    bound.took(4_001);
    assertThat(bound.packs()).isEqualTo(1_000);
    for (int i = 0; i < 10; i++) {
      bound.took(60_000);
    }
    assertThat(bound.packs()).isEqualTo(200);
    bound.took(10);
    assertThat(bound.packs()).isEqualTo(400);
  }

  @Test
  void isNeverAboveWhatTheUserAllows() {
    BatchBound few = new BatchBound(30, INTERVAL);
    assertThat(few.packs()).isEqualTo(30);
    few.took(60_000);
    assertThat(few.packs()).isEqualTo(30);
    few.took(0);
    assertThat(few.packs()).isEqualTo(30);
    BatchBound huge = new BatchBound(Integer.MAX_VALUE, INTERVAL);
    for (int i = 0; i < 40; i++) {
      huge.took(0);
    }
    assertThat(huge.packs()).isEqualTo(Integer.MAX_VALUE);
  }
}
