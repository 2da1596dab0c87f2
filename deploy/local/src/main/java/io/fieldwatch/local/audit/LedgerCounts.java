package io.fieldwatch.local.audit;

import java.util.List;

/**
 * What the stream job has booked for one life, as running totals.
 *
 * @param stored readings that are in windows
 * @param late readings beyond the revision horizon
 * @param quarantined readings refused
 * @param duplicateReadings readings of packs that came once more
 * @param maxSeq the greatest seq seen
 * @param missingPacks how many seqs below it did not come
 * @param gaps which ones those are, at most ten ranges
 */
public record LedgerCounts(
    long stored,
    long late,
    long quarantined,
    long duplicateReadings,
    long maxSeq,
    long missingPacks,
    List<SeqRange> gaps) {
  /** Of a life the job knows nothing of. */
  public static final LedgerCounts NOTHING = new LedgerCounts(0, 0, 0, 0, 0, 0, List.of());

  public LedgerCounts {
    gaps = List.copyOf(gaps);
  }

  /** How many different seqs came. */
  long receivedPacks() {
    return maxSeq - missingPacks;
  }

  /** Readings whose fate is known. */
  long accounted() {
    return stored + late + quarantined;
  }
}
