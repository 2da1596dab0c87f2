package io.fieldwatch.local.audit;

import io.fieldwatch.local.audit.AccountLine.Verdict;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All devices' accounts at one time.
 *
 * @param lines one a life, sorted
 * @param windows one a device, sorted
 */
public record Account(List<AccountLine> lines, List<WindowLine> windows) {
  public Account {
    lines = List.copyOf(lines);
    windows = List.copyOf(windows);
  }

  public static Account of(Evidence evidence) {
    TreeSet<Life> lives = new TreeSet<>(evidence.agents().keySet());
    lives.addAll(evidence.ledger().keySet());
    List<AccountLine> lines = new ArrayList<>();
    Map<DeviceId, Long> stored = new TreeMap<>();
    evidence.windowCounts().keySet().forEach(device -> stored.put(device, 0L));
    for (Life life : lives) {
      LedgerCounts ledger = evidence.ledger().getOrDefault(life, LedgerCounts.NOTHING);
      lines.add(new AccountLine(life, Optional.ofNullable(evidence.agents().get(life)), ledger));
      stored.merge(life.device(), ledger.stored(), Long::sum);
    }
    List<WindowLine> windows = new ArrayList<>();
    stored.forEach(
        (device, count) ->
            windows.add(
                new WindowLine(device, count, evidence.windowCounts().getOrDefault(device, 0L))));
    return new Account(lines, windows);
  }

  /** Whether every reading that agents produced is accounted for, exactly. */
  public boolean isBalanced() {
    return windows.stream().allMatch(WindowLine::isBalanced)
        && lines.stream()
            .map(AccountLine::verdict)
            .noneMatch(verdict -> verdict == Verdict.MISSING || verdict == Verdict.COUNTED_TWICE);
  }

  /**
   * Whether the ledger is ahead of an agent that is there. Its next word is worth waiting for: what
   * counts twice cannot be seen until then.
   */
  public boolean awaitsWordOf(Set<Life> speaking) {
    return lines.stream()
        .anyMatch(line -> line.verdict() == Verdict.OUTDATED && speaking.contains(line.life()));
  }

  /**
   * The weaker proof while agents go on: nothing counts twice, no seq is left out below the
   * greatest that came but for as many as were dropped, and all that the broker had acknowledged at
   * an earlier time is accounted for.
   */
  public boolean hasCaughtUpWith(Map<Life, Counts> earlier) {
    return lines.stream()
        .allMatch(
            line ->
                line.verdict() != Verdict.COUNTED_TWICE
                    && line.isWithoutHole()
                    && Optional.ofNullable(earlier.get(line.life()))
                        .map(line::hasCaughtUpWith)
                        .orElse(true));
  }
}
