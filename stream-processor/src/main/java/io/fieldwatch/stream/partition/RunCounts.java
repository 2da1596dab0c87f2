package io.fieldwatch.stream.partition;

import java.io.Serializable;

/** What a run did, in packs and readings. */
public record RunCounts(
    long packs, long stored, long duplicates, long quarantined, long late, long refusedPacks)
    implements Serializable {
  public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0);

  public RunCounts plus(RunCounts other) {
    return new RunCounts(
        packs + other.packs,
        stored + other.stored,
        duplicates + other.duplicates,
        quarantined + other.quarantined,
        late + other.late,
        refusedPacks + other.refusedPacks);
  }
}
