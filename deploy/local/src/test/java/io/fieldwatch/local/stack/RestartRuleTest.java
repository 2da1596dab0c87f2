package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartRuleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RestartRule rule = new RestartRule(3, Duration.ofMinutes(1));

  @Test
  void the_fourth_restart_within_a_minute_is_refused() {
    // Given
    assertThat(rule.allowsRestartAt(START)).isTrue();
    assertThat(rule.allowsRestartAt(START.plusSeconds(10))).isTrue();
    assertThat(rule.allowsRestartAt(START.plusSeconds(20))).isTrue();

    // When // Then
    assertThat(rule.allowsRestartAt(START.plusSeconds(59))).isFalse();
  }

  @Test
  void a_minute_after_the_first_there_is_room_for_one_more() {
    // Given
    for (int second : new int[] {0, 10, 20}) {
      assertThat(rule.allowsRestartAt(START.plusSeconds(second))).isTrue();
    }

    // When // Then
    assertThat(rule.allowsRestartAt(START.plusSeconds(60))).isTrue();
    assertThat(rule.allowsRestartAt(START.plusSeconds(61))).isFalse();
  }
}
