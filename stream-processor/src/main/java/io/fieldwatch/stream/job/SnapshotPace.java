package io.fieldwatch.stream.job;

import java.time.Duration;

/**
 * When the next snapshot is due: as often as configured, but never so often that more than a
 * quarter of the time goes into snapshots, or a large state would take the cores from the batches.
 * Replay after a crash is that much longer then.
 *
 * <p>Asked by the driver's batch thread, told by the snapshot's.
 */
final class SnapshotPace {
  private static final int MOST_OFTEN = 4;

  private final long everyMillis;
  private long begunMillis;
  private long lastedMillis;

  SnapshotPace(Duration every, long nowMillis) {
    this.everyMillis = every.toMillis();
    this.begunMillis = nowMillis;
  }

  synchronized boolean isDue(long nowMillis) {
    return nowMillis - begunMillis >= Math.max(everyMillis, MOST_OFTEN * lastedMillis);
  }

  synchronized void begun(long nowMillis) {
    begunMillis = nowMillis;
  }

  /** Also when it failed: what takes long to fail is not tried more often. */
  synchronized void ended(long nowMillis) {
    lastedMillis = nowMillis - begunMillis;
  }
}
