package io.fieldwatch.local.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.audit.AccountLine;
import io.fieldwatch.local.audit.AccountLine.Verdict;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of a stack to which things happened that cost no reading, or only what was counted. */
class AuditIT {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int DEVICES = 20;

  private final Path folder;

  AuditIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void what_a_killed_agent_sent_behind_its_last_word_is_no_gap() throws Exception {
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .jobSetting("batch", "200ms")
            .agent("gone", fleet("gone-"))
            .agent("there", fleet("there-"))
            .start()) {
      // Given
      awaitLedgerOf(stack, 2 * DEVICES);

      // When
      stack.agent("gone").kill();
      Finding running = Auditor.audit(stack.endpoints(), BOUND);
      stack.stopAgents();
      Finding quiet = Auditor.audit(stack.endpoints(), BOUND);

      // Then
      assertThat(running.proven()).as("%s", running.gaps()).isTrue();
      assertThat(running.quiet()).isFalse();
      assertThat(quiet.proven()).as("%s", quiet.gaps()).isTrue();
      assertThat(quiet.quiet()).isTrue();
      assertThat(quiet.account().lines())
          .extracting(AccountLine::verdict)
          .contains(Verdict.BALANCED, Verdict.OUTDATED)
          .doesNotContain(Verdict.MISSING, Verdict.COUNTED_TWICE);
    }
  }

  @Test
  void what_a_full_spool_dropped_is_no_gap_while_agents_go_on() throws Exception {
    try (Stack stack =
        Stack.in(folder.resolve("stack"))
            .jobSetting("batch", "200ms")
            .agent("small", fleet("small-").spool(16 * DEVICES + "KiB"))
            .start()) {
      // Given
      awaitLedgerOf(stack, DEVICES);
      stack.mosquitto().stop();
      LogFile log = new LogFile(stack.agent("small").logFile());
      await().atMost(BOUND).until(() -> log.containsAfter(0, "Spool is full"));
      stack.mosquitto().start();
      try (EvidenceReader reader = new EvidenceReader(stack.endpoints())) {
        await()
            .atMost(BOUND)
            .until(
                () ->
                    reader.read().agents().values().stream()
                        .anyMatch(counts -> counts.droppedReadings() > 0));
      }

      // When
      Finding running = Auditor.audit(stack.endpoints(), BOUND);
      stack.stopAgents();
      Finding quiet = Auditor.audit(stack.endpoints(), BOUND);

      // Then
      assertThat(running.proven()).as("%s", running.gaps()).isTrue();
      assertThat(running.quiet()).isFalse();
      assertThat(running.account().lines()).anyMatch(line -> line.ledger().missingPacks() > 0);
      assertThat(quiet.proven()).as("%s", quiet.gaps()).isTrue();
      assertThat(quiet.quiet()).isTrue();
    }
  }

  private static AgentConfig fleet(String prefix) {
    return AgentConfig.of(
        """
        simulate: {site: lab, prefix: %s, devices: %d, sensors: 5, interval: 100ms, pack: 500ms, seed: 1}
        """
            .formatted(prefix, DEVICES));
  }

  private static void awaitLedgerOf(Stack stack, int devices) {
    await()
        .atMost(BOUND)
        .until(
            () ->
                stack
                        .endpoints()
                        .influxQuery()
                        .run("SELECT last(stored) AS stored FROM ledger GROUP BY device")
                        .size()
                    == devices);
  }
}
