package io.fieldwatch.local.audit;

import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The account of one life: {@code produced = stored + late + quarantined + dropped + in the spool}.
 *
 * @param agent the agent's side; absent where no agent ever told, as for foreign devices
 */
public record AccountLine(Life life, Optional<Counts> agent, LedgerCounts ledger) {

  /** What the two sides say together. */
  public enum Verdict {
    /** Equal. */
    BALANCED,
    /** Fewer are accounted for than were produced. */
    MISSING,
    /** More are accounted for than were produced. */
    COUNTED_TWICE,
    /** Only the ledger knows it, so there is nothing to compare with. */
    UNCLAIMED
  }

  public Verdict verdict() {
    if (agent.isEmpty()) {
      return Verdict.UNCLAIMED;
    }
    if (difference() == 0) {
      return Verdict.BALANCED;
    }
    return difference() > 0 ? Verdict.MISSING : Verdict.COUNTED_TWICE;
  }

  /** Readings produced that nobody accounts for; negative if some count twice. */
  public long difference() {
    return agent
        .map(
            counts ->
                counts.producedReadings()
                    - ledger.accounted()
                    - counts.droppedReadings()
                    - counts.spoolReadings())
        .orElse(0L);
  }

  /**
   * Where to look: seqs that did not come, and those the broker acknowledged beyond the last that
   * came. Packs that a full spool dropped are among them; they are no loss without a {@link
   * #difference()}.
   */
  public List<SeqRange> missingSeqs() {
    List<SeqRange> missing = new ArrayList<>(ledger.gaps());
    agent.ifPresent(
        counts -> {
          if (counts.acknowledgedPacks() > ledger.maxSeq()) {
            missing.add(new SeqRange(ledger.maxSeq() + 1, counts.acknowledgedPacks()));
          }
        });
    return missing;
  }

  /** Whether all that the broker had acknowledged at an earlier time is accounted for. */
  boolean hasCaughtUpWith(Counts earlier) {
    return ledger.accounted() >= earlier.acknowledgedReadings();
  }
}
