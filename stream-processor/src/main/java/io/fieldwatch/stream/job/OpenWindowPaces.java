package io.fieldwatch.stream.job;

import io.fieldwatch.stream.window.WindowTree;
import java.time.Duration;
import java.util.Arrays;

/**
 * When open windows are written out. The shortest at the pace that is asked for; longer ones no
 * oftener than sixty times in their life, because what changes in them between two points nobody
 * sees. A level is due only together with all shorter ones. Used by one thread.
 */
final class OpenWindowPaces {
  private static final long UPDATES_IN_A_LIFE = 60;

  /** How much less often while there is a backlog, which every point written would prolong. */
  static final long BEHIND = 10;

  private final long[] paceMillis;
  private final long[] lastMillis;

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
    int level = 0;
    while (level < paceMillis.length
        && nowMillis - lastMillis[level] >= slower * paceMillis[level]) {
      level++;
    }
    return level;
  }

  void published(int levels, long nowMillis) {
    for (int level = 0; level < levels; level++) {
      lastMillis[level] = nowMillis;
    }
  }

  void makeAllDue() {
    Arrays.fill(lastMillis, 0);
  }
}
