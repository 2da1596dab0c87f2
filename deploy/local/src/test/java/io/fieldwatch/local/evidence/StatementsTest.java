package io.fieldwatch.local.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Life;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.status.DeviceStatus.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final DeviceId PUMP = new DeviceId("plant", "pump");
  private static final Life FIRST = new Life(PUMP, "k3f9");
  private static final Life SECOND = new Life(PUMP, "zz01");

  private final Statements said = new Statements();

  @Test
  void the_last_counts_of_a_life_hold_and_a_last_will_has_none() {
    // When
    say(FIRST, State.ONLINE, counts(10));
    say(FIRST, State.ONLINE, counts(20));
    say(FIRST, State.OFFLINE, Optional.empty());

    // Then
    assertThat(said.counts()).containsOnlyKeys(FIRST);
    assertThat(said.counts().get(FIRST)).isEqualTo(counts(20).orElseThrow());
  }

  @Test
  void an_agent_speaks_from_its_birth_to_its_last_will() {
    // When // Then
    say(FIRST, State.ONLINE, counts(10));
    assertThat(said.speaking()).containsExactly(FIRST);
    say(FIRST, State.OFFLINE, Optional.empty());
    assertThat(said.speaking()).isEmpty();
  }

  @Test
  void a_new_life_ends_the_one_before_and_the_will_of_that_does_not_end_it() {
    // When
    say(FIRST, State.ONLINE, counts(10));
    say(SECOND, State.ONLINE, counts(0));
    say(FIRST, State.OFFLINE, Optional.empty());

    // Then
    assertThat(said.speaking()).containsExactly(SECOND);
    assertThat(said.counts()).containsOnlyKeys(FIRST, SECOND);
  }

  private void say(Life life, State state, Optional<Counts> counts) {
    said.keep(
        life.device(), new DeviceStatus(state, "word", life.epoch(), "1", 0, counts, List.of()));
  }

  private static Optional<Counts> counts(long produced) {
    return Optional.of(new Counts(produced, produced, produced, produced, 0, 0, 0));
  }
}
