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
    /** Equal but for readings that the agent gave up and that had arrived after all. */
    ARRIVED_AFTER_ALL,
    /** Fewer are accounted for than were produced. */
    MISSING,
    /** More are accounted for than were produced. */
    COUNTED_TWICE,
    /**
     * The ledger has packs that by the agent's last word were still in its spool, or not yet made:
     * it has said nothing since, so there is nothing left to compare with.
     */
    OUTDATED,
    /** Only the ledger knows it, so there is nothing to compare with. */
    UNCLAIMED
  }

  public Verdict verdict() {
    if (agent.isEmpty()) {
      return Verdict.UNCLAIMED;
    }
    if (difference() > 0 || (isOutdated() && !gapsAreDropped())) {
      return Verdict.MISSING;
    }
    if (countedTwice() > 0) {
      return Verdict.COUNTED_TWICE;
    }
    if (isOutdated()) {
      return Verdict.OUTDATED;
    }
    return difference() == 0 ? Verdict.BALANCED : Verdict.ARRIVED_AFTER_ALL;
  }

  /** Readings produced that nobody accounts for; negative if more are accounted for. */
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

  /** Readings that count more than once, at least. */
  public long countedTwice() {
    long surplus = Math.max(0, -difference());
    return agent.map(counts -> Math.max(0, surplus - explained(counts))).orElse(0L);
  }

  /** Readings that the agent gave up because it did not hear that they had arrived. */
  public long arrivedAfterAll() {
    return verdict() == Verdict.ARRIVED_AFTER_ALL ? -difference() : 0;
  }

  /** The greatest seq that the agent has told of; 0 where none ever told. */
  public long toldSeq() {
    return agent.map(Counts::producedPacks).orElse(0L);
  }

  /**
   * Where to look: seqs that did not come, and those beyond the last that came which the agent has
   * no more. Packs that a full spool dropped are among them; they are no loss without a {@link
   * #difference()}.
   */
  public List<SeqRange> missingSeqs() {
    List<SeqRange> missing = new ArrayList<>(ledger.gaps());
    agent.ifPresent(
        counts -> {
          long gone = counts.producedPacks() - counts.spoolPacks();
          if (gone > ledger.maxSeq()) {
            missing.add(new SeqRange(ledger.maxSeq() + 1, gone));
          }
        });
    return missing;
  }

  /** Whether all that the broker had acknowledged at an earlier time is accounted for. */
  boolean hasCaughtUpWith(Counts earlier) {
    return ledger.accounted() >= earlier.acknowledgedReadings();
  }

  /** Whether no seq is left out below the greatest that came, but for what the agent dropped. */
  boolean isWithoutHole() {
    return agent.isEmpty() || gapsAreDropped() || verdict() == Verdict.BALANCED;
  }

  /** How many readings the ledger may have beyond the agent's word although each counts once. */
  private long explained(Counts counts) {
    if (ledger.maxSeq() > counts.producedPacks()) {
      return Long.MAX_VALUE;
    }
    long waited = isOutdated() ? counts.spoolReadings() : 0;
    return waited + (dropsArrived(counts) ? counts.droppedReadings() : 0);
  }

  /**
   * Whether packs came that the broker never acknowledged to the agent: those on their way to it
   * when a full spool drops them count as dropped, because nobody knows. What counts twice does not
   * raise the number of packs that came.
   */
  private boolean dropsArrived(Counts counts) {
    return ledger.receivedPacks() > counts.acknowledgedPacks();
  }

  /** What counts twice does not raise the greatest seq, so it cannot hide behind this. */
  private boolean isOutdated() {
    return agent
        .map(counts -> ledger.maxSeq() > counts.producedPacks() - counts.spoolPacks())
        .orElse(false);
  }

  /** Whether the agent has dropped as many packs as did not come. */
  private boolean gapsAreDropped() {
    return ledger.missingPacks() <= agent.map(AccountLine::droppedPacks).orElse(0L);
  }

  private static long droppedPacks(Counts counts) {
    return counts.producedPacks() - counts.acknowledgedPacks() - counts.spoolPacks();
  }
}
