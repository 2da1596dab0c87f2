package io.fieldwatch.stream.pulse;

import java.io.Serializable;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The little that the pulse keeps of a batch, or of one partition's part of it.
 *
 * @param flaggedByDevice anomalies by {@code site/device}
 * @param refusedByReason messages sent to quarantine by the code of their reason
 */
public record BatchSummary(
    Totals totals,
    HopTimes hops,
    Map<String, Long> flaggedByDevice,
    Map<String, Long> refusedByReason)
    implements Serializable {
  private static final Logger log = LoggerFactory.getLogger(BatchSummary.class);
  public static final BatchSummary NOTHING =
      new BatchSummary(Totals.NONE, HopTimes.NONE, Map.of(), Map.of());

  /** In place of one that could not be made. */
  public static final BatchSummary LOST =
      new BatchSummary(new Totals(0, 0, 0, 0, 0, 0, 1), HopTimes.NONE, Map.of(), Map.of());

  public BatchSummary {
    flaggedByDevice = Map.copyOf(flaggedByDevice);
    refusedByReason = Map.copyOf(refusedByReason);
    // A window forgets a count of 0, and then cannot take it back.
    requireCounts(flaggedByDevice);
    requireCounts(refusedByReason);
  }

  /** The summary of a batch of those of its partitions; {@link #LOST} rather than an exception. */
  public static BatchSummary sum(Stream<BatchSummary> partitions) {
    try {
      return partitions.reduce(NOTHING, BatchSummary::plus);
    } catch (RuntimeException e) {
      log.warn("Cannot sum a batch up for the pulse, going on without", e);
      return LOST;
    }
  }

  private BatchSummary plus(BatchSummary other) {
    return new BatchSummary(
        totals.plus(other.totals),
        hops.plus(other.hops),
        Counts.plus(flaggedByDevice, other.flaggedByDevice),
        Counts.plus(refusedByReason, other.refusedByReason));
  }

  /** Whether it says nothing at all, as of a batch that found no record. */
  public boolean isNothing() {
    return equals(NOTHING);
  }

  private static void requireCounts(Map<String, Long> counts) {
    counts.forEach(
        (name, count) -> {
          if (count < 1) {
            throw new IllegalArgumentException(
                "Invalid summary: %s has a count of %d".formatted(name, count));
          }
        });
  }
}
