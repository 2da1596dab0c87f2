package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * The windows of one device: a tree, and for each level the start from which on its windows are
 * complete. That is the beginning of time, except where a kind of window was added to a running
 * job: then windows that began before what was kept are no results, because they would tell of a
 * part as if it were all. Immutable.
 */
public final class WindowPlan {
  private static final long ALWAYS = Long.MIN_VALUE;

  private final WindowTree tree;
  private final long[] since;

  private WindowPlan(WindowTree tree, long[] since) {
    this.tree = tree;
    this.since = since;
  }

  /** All windows, whenever they begin. */
  public static WindowPlan of(WindowTree tree) {
    long[] since = new long[tree.size()];
    Arrays.fill(since, ALWAYS);
    return new WindowPlan(tree, since);
  }

  public WindowTree tree() {
    return tree;
  }

  /** Whether the window of a level that begins at an instant would be complete. */
  public boolean isComplete(int level, long startMillis) {
    return startMillis >= since[level];
  }

  /**
   * This plan for another tree. Windows of a new kind are made of the shorter ones that are kept,
   * so they are complete from there on; where there were no shorter ones, from behind the last
   * reading.
   *
   * @param keptSince windows that begin here or later are all kept
   * @param greatestMillis the last reading's time
   */
  public WindowPlan adaptedTo(WindowTree next, long keptSince, long greatestMillis) {
    long[] completeSince = new long[next.size()];
    for (int level = 0; level < completeSince.length; level++) {
      int known = tree.levelOf(next.level(level));
      if (known >= 0) {
        completeSince[level] = since[known];
        continue;
      }
      long from = level == 0 ? greatestMillis + 1 : completeSince[next.source(level)];
      boolean isKept = level > 0 && tree.levelOf(next.level(next.source(level))) >= 0;
      completeSince[level] =
          ceiling(isKept ? Math.max(from, keptSince) : from, next.level(level).slideMillis());
    }
    return new WindowPlan(next, completeSince);
  }

  /** Writes what {@link #read} reads; nothing where every window is complete. */
  public void write(WireWriter out) {
    for (int level = 0; level < since.length; level++) {
      if (since[level] != ALWAYS) {
        int begun = out.begin(1);
        out.number(1, level);
        out.signed(2, since[level]);
        out.end(begun);
      }
    }
  }

  /** Reads what {@link #write} wrote for the same tree. */
  public static WindowPlan read(WireReader in, WindowTree tree) throws IOException {
    WindowPlan plan = of(tree);
    while (in.next()) {
      if (in.field() == 1) {
        readLevel(in.message(), plan.since);
      } else {
        in.skip();
      }
    }
    return plan;
  }

  private static void readLevel(WireReader in, long[] since) throws IOException {
    int level = 0;
    long start = ALWAYS;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> level = in.count("a level");
        case 2 -> start = in.signed();
        default -> in.skip();
      }
    }
    if (level >= since.length) {
      throw new IOException("Cannot read state: there is no window level " + level);
    }
    since[level] = start;
  }

  private static long ceiling(long millis, long slide) {
    return millis == ALWAYS ? ALWAYS : -Math.floorDiv(-millis, slide) * slide;
  }
}
