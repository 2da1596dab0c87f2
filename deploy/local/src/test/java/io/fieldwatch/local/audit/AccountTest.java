package io.fieldwatch.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.local.audit.AccountLine.Verdict;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final DeviceId PUMP = new DeviceId("plant", "pump");
  private static final Life LIFE = new Life(PUMP, "k3f9");

  @Test
  void an_account_balances_when_every_reading_has_exactly_one_fate() {
    // Given
    Counts agent = agent(100, 10, 8, 80).dropping(4).spooling(2, 16).counts();
    LedgerCounts ledger = new LedgerCounts(70, 6, 4, 30, 8, 0, List.of());

    // When
    Account account = Account.of(evidence(agent, ledger, 70));

    // Then
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.lines()).extracting(AccountLine::verdict).containsExactly(Verdict.BALANCED);
  }

  @Test
  void readings_that_are_missing_are_named_with_their_seqs() {
    // Given
    Counts agent = agent(100, 10, 10, 100).counts();
    LedgerCounts ledger = new LedgerCounts(60, 0, 0, 0, 8, 2, SeqRange.parseAll("3-4"));

    // When
    Finding finding = unproven(evidence(agent, ledger, 60));

    // Then
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 40 readings are missing, seq 3-4, 9-10");
  }

  @Test
  void readings_that_vanish_within_packs_that_came_are_named_too() {
    // Given
    Counts agent = agent(100, 10, 10, 100).counts();
    LedgerCounts ledger = new LedgerCounts(99, 0, 0, 0, 10, 0, List.of());

    // When
    Finding finding = unproven(evidence(agent, ledger, 99));

    // Then
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 1 readings are missing, within packs that came");
  }

  @Test
  void readings_that_count_twice_are_a_gap_as_well() {
    // Given
    Counts agent = agent(100, 10, 10, 100).counts();
    LedgerCounts ledger = new LedgerCounts(110, 0, 0, 0, 10, 0, List.of());

    // When
    Finding finding = unproven(evidence(agent, ledger, 110));

    // Then
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 10 readings are counted twice");
  }

  @Test
  void an_agent_that_has_said_nothing_of_the_packs_that_came_since_cannot_be_compared_with() {
    // Given what is left after a power failure: two packs waited, two more were made
    Counts lastWord = agent(100, 10, 8, 80).spooling(2, 20).counts();
    LedgerCounts ledger = new LedgerCounts(115, 0, 0, 0, 12, 0, List.of());

    // When
    Account account = Account.of(evidence(lastWord, ledger, 115));

    // Then
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.lines()).extracting(AccountLine::verdict).containsExactly(Verdict.OUTDATED);
    assertThat(account.awaitsWordOf(Set.of(LIFE))).isTrue();
    assertThat(account.awaitsWordOf(Set.of(new Life(PUMP, "zz01")))).isFalse();
  }

  @Test
  void packs_that_waited_and_came_explain_no_more_readings_than_they_have() {
    // Given
    Counts lastWord = agent(100, 10, 8, 80).spooling(2, 20).counts();

    // When
    Account explained =
        Account.of(evidence(lastWord, new LedgerCounts(100, 0, 0, 0, 10, 0, List.of()), 100));
    Account beyond =
        Account.of(evidence(lastWord, new LedgerCounts(105, 0, 0, 0, 10, 0, List.of()), 105));

    // Then
    assertThat(explained.lines()).extracting(AccountLine::verdict).contains(Verdict.OUTDATED);
    assertThat(beyond.isBalanced()).isFalse();
    assertThat(new Finding(beyond, true, false).gaps())
        .containsExactly("plant/pump epoch k3f9: 5 readings are counted twice");
  }

  @Test
  void readings_count_twice_where_the_agent_has_told_of_every_pack_that_came() {
    // Given
    Counts agent = agent(100, 10, 8, 80).spooling(2, 20).counts();
    LedgerCounts ledger = new LedgerCounts(90, 0, 0, 0, 8, 0, List.of());

    // When
    Account account = Account.of(evidence(agent, ledger, 90));

    // Then
    assertThat(account.isBalanced()).isFalse();
    assertThat(account.lines())
        .extracting(AccountLine::verdict)
        .containsExactly(Verdict.COUNTED_TWICE);
  }

  @Test
  void packs_that_did_not_come_are_missing_although_the_agent_has_told_of_too_few() {
    // Given
    Counts lastWord = agent(100, 10, 8, 80).spooling(2, 20).counts();
    LedgerCounts ledger = new LedgerCounts(105, 0, 0, 0, 12, 1, SeqRange.parseAll("5"));

    // When
    Finding finding = unproven(evidence(lastWord, ledger, 105));

    // Then
    assertThat(finding.account().isBalanced()).isFalse();
    assertThat(finding.gaps())
        .containsExactly(
            "plant/pump epoch k3f9: packs are missing, seq 5,"
                + " and the agent has said nothing since seq 10");
  }

  @Test
  void packs_that_the_agent_dropped_before_its_last_word_are_not_missing() {
    // Given
    Counts lastWord = agent(100, 10, 6, 60).dropping(20).spooling(2, 20).counts();
    LedgerCounts ledger = new LedgerCounts(95, 0, 0, 0, 12, 2, SeqRange.parseAll("3-4"));

    // When
    Account account = Account.of(evidence(lastWord, ledger, 95));

    // Then
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.lines()).extracting(AccountLine::verdict).containsExactly(Verdict.OUTDATED);
  }

  @Test
  void readings_that_the_agent_gave_up_may_have_arrived_after_all() {
    // Given two packs that a full spool dropped before their acknowledgement came
    Counts agent = agent(100, 10, 8, 80).dropping(20).counts();
    LedgerCounts ledger = new LedgerCounts(90, 0, 0, 0, 10, 1, SeqRange.parseAll("3"));

    // When
    Account account = Account.of(evidence(agent, ledger, 90));

    // Then
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.lines())
        .extracting(AccountLine::verdict)
        .containsExactly(Verdict.ARRIVED_AFTER_ALL);
    assertThat(account.lines()).extracting(AccountLine::arrivedAfterAll).containsExactly(10L);
  }

  @Test
  void what_was_given_up_explains_no_more_readings_than_it_had() {
    // Given
    Counts agent = agent(100, 10, 8, 80).dropping(20).counts();

    // When
    Account all =
        Account.of(evidence(agent, new LedgerCounts(100, 0, 0, 0, 10, 0, List.of()), 100));
    Finding more = unproven(evidence(agent, new LedgerCounts(103, 0, 0, 0, 10, 0, List.of()), 103));

    // Then
    assertThat(all.isBalanced()).isTrue();
    assertThat(more.account().isBalanced()).isFalse();
    assertThat(more.gaps()).containsExactly("plant/pump epoch k3f9: 3 readings are counted twice");
  }

  @Test
  void what_was_given_up_and_did_not_come_explains_nothing() {
    // Given
    Counts agent = agent(100, 10, 8, 80).dropping(20).counts();
    LedgerCounts ledger = new LedgerCounts(90, 0, 0, 0, 10, 2, SeqRange.parseAll("3-4"));

    // When
    Finding finding = unproven(evidence(agent, ledger, 90));

    // Then
    assertThat(finding.account().isBalanced()).isFalse();
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 10 readings are counted twice");
  }

  @Test
  void what_is_missing_beside_what_was_dropped_is_named() {
    // Given
    Counts agent = agent(100, 10, 6, 60).dropping(20).spooling(2, 20).counts();
    LedgerCounts ledger = new LedgerCounts(50, 0, 0, 0, 7, 2, SeqRange.parseAll("3-4"));

    // When
    Finding finding = unproven(evidence(agent, ledger, 50));

    // Then
    assertThat(finding.account().isBalanced()).isFalse();
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 10 readings are missing, seq 3-4, 8");
  }

  @Test
  void windows_that_do_not_hold_what_the_ledger_stored_do_not_balance() {
    // Given
    Counts agent = agent(100, 10, 10, 100).counts();
    LedgerCounts ledger = new LedgerCounts(100, 0, 0, 0, 10, 0, List.of());

    // When
    Finding finding = unproven(evidence(agent, ledger, 95));

    // Then
    assertThat(finding.account().isBalanced()).isFalse();
    assertThat(finding.gaps())
        .containsExactly("plant/pump: 100 readings are stored by the ledger, 95 are in windows");
  }

  @Test
  void windows_are_compared_with_all_lives_of_a_device_together() {
    // Given
    Life newLife = new Life(PUMP, "zz01");
    Evidence evidence =
        new Evidence(
            Map.of(LIFE, agent(10, 1, 1, 10).counts(), newLife, agent(20, 2, 2, 20).counts()),
            Set.of(newLife),
            Map.of(
                LIFE, new LedgerCounts(10, 0, 0, 0, 1, 0, List.of()),
                newLife, new LedgerCounts(20, 0, 0, 0, 2, 0, List.of())),
            Map.of(PUMP, 30L),
            0);

    // When
    Account account = Account.of(evidence);

    // Then
    assertThat(account.isBalanced()).isTrue();
  }

  @Test
  void a_device_that_the_job_never_saw_is_missing_from_seq_1_on() {
    // Given
    Evidence evidence =
        new Evidence(
            Map.of(LIFE, agent(50, 5, 5, 50).counts()), Set.of(LIFE), Map.of(), Map.of(), 0);

    // When
    Finding finding = unproven(evidence);

    // Then
    assertThat(finding.gaps())
        .containsExactly("plant/pump epoch k3f9: 50 readings are missing, seq 1-5");
  }

  @Test
  void packs_without_identity_have_nobody_to_compare_with_and_are_no_gap() {
    // Given
    Life foreign = new Life(PUMP, Life.NO_IDENTITY);
    Evidence evidence =
        new Evidence(
            Map.of(),
            Set.of(),
            Map.of(foreign, new LedgerCounts(7, 0, 1, 0, 0, 0, List.of())),
            Map.of(PUMP, 7L),
            0);

    // When
    Account account = Account.of(evidence);

    // Then
    assertThat(account.isBalanced()).isTrue();
    assertThat(account.lines()).extracting(AccountLine::verdict).containsExactly(Verdict.UNCLAIMED);
  }

  @Test
  void an_account_has_caught_up_when_all_that_was_acknowledged_earlier_is_accounted_for() {
    // Given
    Map<Life, Counts> earlier = Map.of(LIFE, agent(50, 5, 5, 50).counts());
    Counts now = agent(100, 10, 9, 90).spooling(1, 10).counts();

    // When
    Account behind = Account.of(evidence(now, new LedgerCounts(40, 0, 0, 0, 4, 0, List.of()), 40));
    Account caughtUp =
        Account.of(evidence(now, new LedgerCounts(60, 0, 0, 0, 6, 0, List.of()), 60));
    Account gap =
        Account.of(evidence(now, new LedgerCounts(60, 0, 0, 0, 7, 1, SeqRange.parseAll("2")), 60));

    // Then
    assertThat(behind.hasCaughtUpWith(earlier)).isFalse();
    assertThat(caughtUp.hasCaughtUpWith(earlier)).isTrue();
    assertThat(gap.hasCaughtUpWith(earlier)).isFalse();
  }

  @Test
  void an_account_catches_up_although_packs_were_dropped_if_no_others_are_left_out() {
    // Given
    Map<Life, Counts> earlier = Map.of(LIFE, agent(50, 5, 3, 30).dropping(20).counts());
    Counts now = agent(100, 10, 7, 70).dropping(20).spooling(1, 10).counts();

    // When
    Account dropped =
        Account.of(
            evidence(now, new LedgerCounts(60, 0, 0, 0, 8, 2, SeqRange.parseAll("1-2")), 60));
    Account lost =
        Account.of(
            evidence(now, new LedgerCounts(50, 0, 0, 0, 8, 3, SeqRange.parseAll("1-2,5")), 50));
    Account unnamed = Account.of(evidence(now, new LedgerCounts(50, 0, 0, 0, 8, 3, List.of()), 50));

    // Then
    assertThat(dropped.hasCaughtUpWith(earlier)).isTrue();
    assertThat(lost.hasCaughtUpWith(earlier)).isFalse();
    assertThat(unnamed.hasCaughtUpWith(earlier)).isFalse();
  }

  @Test
  void seq_ranges_are_read_as_the_ledger_writes_them() {
    assertThat(SeqRange.parseAll("3-5,9")).containsExactly(new SeqRange(3, 5), new SeqRange(9, 9));
    assertThat(SeqRange.parseAll("")).isEmpty();
    assertThatThrownBy(() -> SeqRange.parseAll("3-x"))
        .hasMessage("Invalid seq range '3-x': expected N or N-M");
  }

  private static Finding unproven(Evidence evidence) {
    return new Finding(Account.of(evidence), true, false);
  }

  private static Evidence evidence(Counts agent, LedgerCounts ledger, long inWindows) {
    return new Evidence(
        Map.of(LIFE, agent), Set.of(LIFE), Map.of(LIFE, ledger), Map.of(PUMP, inWindows), 0);
  }

  private static Agent agent(
      long readings, long packs, long acknowledgedPacks, long acknowledgedReadings) {
    return new Agent(readings, packs, acknowledgedPacks, acknowledgedReadings, 0, 0, 0);
  }

  private record Agent(
      long readings,
      long packs,
      long acknowledgedPacks,
      long acknowledgedReadings,
      long dropped,
      long spoolPacks,
      long spoolReadings) {
    Agent dropping(long count) {
      return new Agent(
          readings,
          packs,
          acknowledgedPacks,
          acknowledgedReadings,
          count,
          spoolPacks,
          spoolReadings);
    }

    Agent spooling(long inPacks, long count) {
      return new Agent(
          readings, packs, acknowledgedPacks, acknowledgedReadings, dropped, inPacks, count);
    }

    Counts counts() {
      return new Counts(
          readings,
          packs,
          acknowledgedPacks,
          acknowledgedReadings,
          dropped,
          spoolPacks,
          spoolReadings);
    }
  }
}
