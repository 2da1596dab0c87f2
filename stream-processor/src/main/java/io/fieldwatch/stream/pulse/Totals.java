package io.fieldwatch.stream.pulse;

import java.io.Serializable;

/**
 * What some batches did.
 *
 * @param lostSummaries partitions' parts of batches that are missing here and everywhere in the
 *     pulse, because summing them up failed
 */
public record Totals(
    long packs,
    long readings,
    long duplicates,
    long late,
    long quarantined,
    long flagged,
    long lostSummaries)
    implements Serializable {
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

  public Totals plus(Totals other) {
    return new Totals(
        packs + other.packs,
        readings + other.readings,
        duplicates + other.duplicates,
        late + other.late,
        quarantined + other.quarantined,
        flagged + other.flagged,
        lostSummaries + other.lostSummaries);
  }

  /** What is left without some of the batches. */
  public Totals minus(Totals some) {
    return new Totals(
        packs - some.packs,
        readings - some.readings,
        duplicates - some.duplicates,
        late - some.late,
        quarantined - some.quarantined,
        flagged - some.flagged,
        lostSummaries - some.lostSummaries);
  }
}
