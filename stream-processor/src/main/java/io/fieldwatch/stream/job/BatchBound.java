package io.fieldwatch.stream.job;

import java.time.Duration;

/**
 * How many packs a batch takes of a partition while the job is behind: so many that the fixed cost
 * of a batch is small beside it, and so few that results and commits do not wait long. Learnt from
 * how long full batches took, as packs differ in size and what is done with them differs in cost.
 *
 * <p>Not for several threads at once.
 */
final class BatchBound {
  /** Few: the first batch of a large fleet makes all its series in InfluxDB, which takes long. */
  private static final int FIRST = 2_000;

  private static final int LEAST = 200;
  private static final int SHORT_INTERVALS = 4;
  private static final int LONG_INTERVALS = 8;

  private final int most;
  private final long shortMillis;
  private final long longMillis;
  private int packs;

  /**
   * @param most what it never exceeds
   * @param interval of the batches
   */
  BatchBound(int most, Duration interval) {
    this.most = most;
    this.shortMillis = SHORT_INTERVALS * interval.toMillis();
    this.longMillis = LONG_INTERVALS * interval.toMillis();
    this.packs = Math.min(FIRST, most);
  }

  int packs() {
    return packs;
  }

  /** Learns from a batch that took as many of some partition as it could, and did nothing else. */
  void took(long millis) {
    if (millis < shortMillis) {
      packs = (int) Math.min(most, 2L * packs);
    } else if (millis > longMillis) {
      packs = Math.max(Math.min(LEAST, most), packs / 2);
    }
  }
}
