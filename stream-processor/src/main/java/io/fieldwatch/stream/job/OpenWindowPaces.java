package io.fieldwatch.stream.job;

import io.fieldwatch.stream.window.WindowTree;
import java.time.Duration;
import java.util.Arrays;

/**
 * When open windows are written out. The shortest at the pace that is asked for; longer ones no
 * oftener than sixty times in their life, because what changes in them between two points nobody
 * sees. A level is due only together with all shorter ones. None so often that batches which write
 * them take more than a quarter of the time, or a fleet with more windows than InfluxDB takes up
 * would leave no room for its readings. Used by one thread.
 */
final class OpenWindowPaces {
  private static final long UPDATES_IN_A_LIFE = 60;

  /** How much less often while there is a backlog, which every point written would prolong. */
  static final long BEHIND = 10;

  /** The inverse of the part of the time that batches with open windows may take. */
  private static final long MOST_OFTEN = 4;

  private final long[] paceMillis;
  private final long[] lastMillis;

  private long begunMillis;
  private long lastedMillis;
  private long lastedBeforeMillis;

  OpenWindowPaces(WindowTree tree, Duration pace) {
    this.paceMillis = new long[tree.size()];
    this.lastMillis = new long[tree.size()];
    for (int level = 0; level < paceMillis.length; level++) {
      long longest = tree.level(level).lengthMillis() / UPDATES_IN_A_LIFE;
      paceMillis[level] = Math.max(pace.toMillis(), longest);
    }
  }

  int levels() {
    return paceMillis.length;
  }

  /** How many levels are due at an instant, from the shortest on. */
  int due(long nowMillis) {
    return due(nowMillis, 1);
  }

  /** The same where records are left for the next batch already. */
  int dueWhileBehind(long nowMillis) {
    return due(nowMillis, BEHIND);
  }

  private int due(long nowMillis, long slower) {
    if (nowMillis - begunMillis < MOST_OFTEN * usuallyLastsMillis()) {
      return 0;
    }
    int level = 0;
    while (level < paceMillis.length
        && nowMillis - lastMillis[level] >= slower * paceMillis[level]) {
      level++;
    }
    return level;
  }

  /** What one batch alone took is not believed: the first makes all series in InfluxDB. */
  private long usuallyLastsMillis() {
    return Math.min(lastedMillis, lastedBeforeMillis);
  }

  /**
   * Told of a batch that wrote some.
   *
   * @param levels how many, from the shortest on
   */
  void published(int levels, long beginMillis, long endMillis) {
    for (int level = 0; level < levels; level++) {
      lastMillis[level] = beginMillis;
    }
    lastedBeforeMillis = lastedMillis;
    lastedMillis = endMillis - beginMillis;
    begunMillis = beginMillis;
  }

  void makeAllDue() {
    Arrays.fill(lastMillis, 0);
    begunMillis = 0;
  }
}
