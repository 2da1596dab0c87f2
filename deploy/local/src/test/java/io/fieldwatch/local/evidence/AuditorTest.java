package io.fieldwatch.local.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Evidence;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.audit.LedgerCounts;
import io.fieldwatch.local.audit.Life;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditorTest {
  private static final DeviceId PUMP = new DeviceId("plant", "pump");
  private static final Life LIFE = new Life(PUMP, "k3f9");

  @Test
  void where_nothing_moves_the_account_must_be_exact() {
    // Given
    Evidence exact = evidence(100, 100, 0);
    Evidence oneMissing = evidence(100, 99, 0);

    // When // Then
    assertThat(Auditor.proof(exact, exact, exact)).map(Finding::quiet).contains(true);
    assertThat(Auditor.proof(oneMissing, oneMissing, oneMissing)).isEmpty();
  }

  @Test
  void a_balanced_look_is_no_proof_while_packs_wait_in_kafka() {
    // Given
    Evidence lagging = evidence(100, 100, 3);

    // When // Then
    assertThat(Auditor.proof(lagging, lagging, lagging)).isEmpty();
  }

  @Test
  void one_balanced_look_is_not_enough() {
    // Given
    Evidence before = evidence(100, 90, 0);
    Evidence now = evidence(100, 100, 0);

    // When // Then
    assertThat(Auditor.proof(before, before, now)).isEmpty();
  }

  @Test
  void where_agents_go_on_what_was_acknowledged_at_the_beginning_must_be_there() {
    // Given
    Evidence first = evidence(100, 80, 0);
    Evidence before = evidence(120, 95, 0);

    // When // Then
    assertThat(Auditor.proof(first, before, evidence(130, 99, 0))).isEmpty();
    assertThat(Auditor.proof(first, before, evidence(130, 110, 0)))
        .map(Finding::quiet)
        .contains(false);
  }

  @Test
  void an_agent_that_is_there_will_tell_of_the_packs_that_came_so_its_word_is_waited_for() {
    // Given
    Evidence ahead = evidence(100, 110, 0);

    // When // Then
    assertThat(Auditor.proof(ahead, ahead, ahead)).isEmpty();
    assertThat(Auditor.proof(evidence(90, 90, 0), evidence(90, 90, 0), ahead)).isEmpty();
  }

  @Test
  void an_agent_that_is_gone_will_tell_no_more_so_its_word_is_not_waited_for() {
    // Given
    Evidence ahead = evidence(100, 110, 0);
    Evidence gone =
        new Evidence(
            ahead.agents(), Set.of(), ahead.ledger(), ahead.windowCounts(), ahead.lagPacks());

    // When // Then
    assertThat(Auditor.proof(gone, gone, gone)).map(Finding::quiet).contains(true);
  }

  private static Evidence evidence(long produced, long stored, long lag) {
    Counts agent = new Counts(produced, produced, produced, produced, 0, 0, 0);
    LedgerCounts ledger = new LedgerCounts(stored, 0, 0, 0, stored, 0, List.of());
    return new Evidence(
        Map.of(LIFE, agent), Set.of(LIFE), Map.of(LIFE, ledger), Map.of(PUMP, stored), lag);
  }
}
