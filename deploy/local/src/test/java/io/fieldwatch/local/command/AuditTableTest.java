package io.fieldwatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Account;
import io.fieldwatch.local.audit.AccountLine;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.audit.LedgerCounts;
import io.fieldwatch.local.audit.Life;
import io.fieldwatch.local.audit.SeqRange;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditTableTest {
  private static final Life LIFE = new Life(new DeviceId("plant", "pump"), "k3f9");

  @Test
  void an_account_that_is_exact_says_so() {
    // When
    List<String> lines =
        lines(
            new Counts(100, 10, 10, 100, 0, 0, 0),
            new LedgerCounts(100, 0, 0, 0, 10, 0, List.of()));

    // Then
    assertThat(lines.get(1)).startsWith("  plant/pump").endsWith("balanced");
    assertThat(lines.get(2)).isEqualTo("Every reading is accounted for.");
  }

  @Test
  void what_an_agent_has_not_told_of_is_not_said_to_be_accounted_for() {
    // When
    List<String> lines =
        lines(
            new Counts(100, 10, 8, 80, 0, 2, 20), new LedgerCounts(115, 0, 0, 0, 12, 0, List.of()));

    // Then
    assertThat(lines.get(1)).endsWith("agent silent since seq 10");
    assertThat(lines.get(2)).isEqualTo("Every reading that an agent has told of is accounted for.");
  }

  @Test
  void readings_that_had_arrived_after_all_are_called_that() {
    // When
    List<String> lines =
        lines(
            new Counts(100, 10, 8, 80, 20, 0, 0),
            new LedgerCounts(90, 0, 0, 0, 10, 1, SeqRange.parseAll("3")));

    // Then
    assertThat(lines.get(1)).endsWith("10 given up had arrived after all");
    assertThat(lines.get(2)).isEqualTo("Every reading is accounted for.");
  }

  private static List<String> lines(Counts agent, LedgerCounts ledger) {
    AccountLine line = new AccountLine(LIFE, Optional.of(agent), ledger);
    return AuditTable.lines(new Finding(new Account(List.of(line), List.of()), true, true));
  }
}
