package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one sensor: open ones, which take readings, and closed ones, which can still be
 * revised. Owned like {@link Window}. The tree of a {@link WindowPlan} says how they hang together.
 *
 * <p>A reading goes into its pane. When the watermark passes a window's end the window is closed
 * and merged into the longer windows that contain it; a reading for a window that is already closed
 * is added to it and merged upwards at once. So a closed window contains everything below it, and
 * what an open one lacks is in the open windows below it.
 */
public final class SensorWindows {
  private static final Window[] NONE = {};

  private final Object owner;

  /** For each level, ascending by start. */
  private final Window[][] open;

  /** For each level, ascending by start. The inner arrays may be shared and are never changed. */
  private final Window[][] closed;

  /** Hears of windows that became final, or were changed when they were. */
  public interface Changes {
    /** The window of a level was closed for the first time. */
    void closed(int level, Window window);

    /** A closed window of a level was changed. */
    void revised(int level, Window window);

    /** Only the number of duplicates of a closed window was changed. */
    void recounted(int level, Window window);
  }

  private enum Unheard implements Changes {
    INSTANCE;

    @Override
    public void closed(int level, Window window) {}

    @Override
    public void revised(int level, Window window) {}

    @Override
    public void recounted(int level, Window window) {}
  }

  public SensorWindows(Object owner, int levels) {
    this(owner, new Window[levels][], new Window[levels][]);
    Arrays.fill(open, NONE);
    Arrays.fill(closed, NONE);
  }

  private SensorWindows(Object owner, Window[][] open, Window[][] closed) {
    this.owner = owner;
    this.open = open;
    this.closed = closed;
  }

  /** These windows if the owner made them, else a copy that belongs to the owner. */
  public SensorWindows ownedBy(Object newOwner) {
    if (owner == newOwner) {
      return this;
    }
    Window[][] rows = new Window[open.length][];
    Arrays.setAll(rows, level -> open[level].clone());
    return new SensorWindows(newOwner, rows, closed.clone());
  }

  /**
   * Adds a reading, which is not older than what {@link #close} was last told to keep.
   *
   * @param watermark as it was before the reading's pack
   * @return the end of its pane
   */
  public long add(
      WindowPlan plan,
      SensorKind kind,
      long timeMillis,
      double value,
      long watermark,
      Changes changes) {
    WindowSpec spec = plan.tree().level(0);
    long start = spec.lastStartOf(timeMillis);
    Window pane = forWriting(plan, 0, start);
    if (pane.isPassedOn() || !pane.isUnpublished()) {
      markContainingUnpublished(plan, 0, start);
    }
    pane.add(kind, timeMillis, value);
    if (start + spec.lengthMillis() <= watermark) {
      pane.countLate(1);
    }
    if (pane.isClosed()) {
      changes.revised(0, pane);
    }
    if (pane.isPassedOn()) {
      Aggregate one = new Aggregate();
      one.add(kind, timeMillis, value);
      passOn(plan, kind, 0, start, one, changes);
    }
    return start + spec.lengthMillis();
  }

  /** Counts a reading of a pack that had come before in every window that contains it. */
  public void countDuplicate(WindowPlan plan, long timeMillis, Changes changes) {
    for (int level = 0; level < open.length; level++) {
      WindowSpec spec = plan.tree().level(level);
      for (long start = spec.lastStartOf(timeMillis);
          start + spec.lengthMillis() > timeMillis;
          start -= spec.slideMillis()) {
        Window known = find(level, start);
        if (known != null) {
          Window window = owned(level, known);
          window.countDuplicate();
          if (window.isClosed()) {
            changes.recounted(level, window);
          }
        }
      }
    }
  }

  /**
   * Closes the windows that end at or before the watermark, the shortest first and by their starts,
   * and forgets those that cannot be revised any more.
   *
   * @return the earliest end of a window still open, or {@link Long#MAX_VALUE}
   */
  public long close(
      WindowPlan plan, SensorKind kind, long watermark, long forgetBefore, Changes changes) {
    long nextEnd = Long.MAX_VALUE;
    for (int level = 0; level < open.length; level++) {
      long length = plan.tree().level(level).lengthMillis();
      Window[] row = open[level];
      int left = 0;
      for (Window window : row) {
        long end = window.startMillis() + length;
        if (end > watermark) {
          row[left++] = window;
          nextEnd = Math.min(nextEnd, end);
        } else {
          close(plan, kind, level, window.ownedBy(owner), changes);
        }
      }
      open[level] = left == row.length ? row : Arrays.copyOf(row, left);
      closed[level] = from(closed[level], forgetBefore - length);
    }
    return nextEnd;
  }

  private void close(WindowPlan plan, SensorKind kind, int level, Window window, Changes changes) {
    window.close();
    if (!window.isPassedOn()) {
      passOn(plan, kind, level, window.startMillis(), window.aggregate(), changes);
      window.passOn();
    }
    closed[level] = with(closed[level], window);
    changes.closed(level, window);
  }

  /**
   * Hands over the open windows that changed since they were last handed over.
   *
   * @param levels of how many levels, from the panes on
   */
  public void publishOpen(
      WindowPlan plan, SensorKind kind, int levels, Consumer<WindowResult> output) {
    for (int level = 0; level < Math.min(levels, open.length); level++) {
      for (int i = 0; i < open[level].length; i++) {
        if (open[level][i].isUnpublished()) {
          Window window = open[level][i].ownedBy(owner);
          open[level][i] = window;
          window.markPublished();
          if (isResult(plan, level, window)) {
            output.accept(result(plan, level, window, seen(plan, kind, level, window)));
          }
        }
      }
    }
  }

  /** What is known of the sensor has changed, and stands in the points of its open windows. */
  public void markOpenUnpublished() {
    for (Window[] row : open) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i].ownedBy(owner);
        row[i].markUnpublished();
      }
    }
  }

  /** A closed window as a result. */
  public static WindowResult result(WindowPlan plan, int level, Window window) {
    return result(plan, level, window, window.aggregate());
  }

  /** Whether a window is one that was asked for, and complete. */
  public static boolean isResult(WindowPlan plan, int level, Window window) {
    return plan.tree().isAsked(level) && plan.isComplete(level, window.startMillis());
  }

  private static WindowResult result(
      WindowPlan plan, int level, Window window, Aggregate aggregate) {
    return new WindowResult(
        plan.tree().level(level),
        window.startMillis(),
        aggregate,
        window.isClosed(),
        window.revision(),
        window.late(),
        window.duplicate());
  }

  /** How many windows that are results still take readings without being revised. */
  public int openWindows(WindowPlan plan) {
    int count = 0;
    for (int level = 0; level < open.length; level++) {
      count += plan.tree().isAsked(level) ? open[level].length : 0;
    }
    return count;
  }

  /** Writes each window as a field of its own. */
  public void write(WireWriter out, int field) {
    for (Window[][] rows : new Window[][][] {open, closed}) {
      for (int level = 0; level < rows.length; level++) {
        for (Window window : rows[level]) {
          int begun = out.begin(field);
          window.write(out, level);
          out.end(begun);
        }
      }
    }
  }

  /** Reads one field that {@link #write} wrote, into windows that nobody else has yet. */
  public void readOne(WireReader in) throws IOException {
    Window.Stored stored = Window.read(in);
    int level = stored.level();
    if (level >= open.length) {
      throw new IOException("Cannot read state: there is no window level " + level);
    }
    Window[][] rows = stored.window().isClosed() ? closed : open;
    rows[level] = with(rows[level], stored.window());
  }

  /**
   * These windows for another tree: what both trees know stays, what only the old one knows is
   * merged into what contains it and dropped, and what only the new one knows is made of what is
   * kept.
   */
  public SensorWindows adapted(WindowPlan from, WindowPlan to, SensorKind kind) {
    Object newOwner = new Object();
    SensorWindows old = ownedBy(newOwner);
    old.passOnEverything(from, kind);
    SensorWindows adapted = new SensorWindows(newOwner, to.tree().size());
    for (int level = 0; level < to.tree().size(); level++) {
      int known = from.tree().levelOf(to.tree().level(level));
      if (known >= 0) {
        adapted.open[level] = old.open[known];
        adapted.closed[level] = old.closed[known];
      } else if (level > 0) {
        adapted.makeFromSource(to, kind, level);
      }
    }
    return adapted;
  }

  private void passOnEverything(WindowPlan plan, SensorKind kind) {
    for (int level = 0; level < open.length; level++) {
      for (int i = 0; i < open[level].length; i++) {
        Window window = open[level][i].ownedBy(owner);
        open[level][i] = window;
        if (!window.isPassedOn()) {
          passOn(plan, kind, level, window.startMillis(), window.aggregate(), Unheard.INSTANCE);
          window.passOn();
        }
      }
    }
  }

  /** Longer windows that exist contain it all already, so the new ones count as passed on. */
  private void makeFromSource(WindowPlan plan, SensorKind kind, int parent) {
    int source = plan.tree().source(parent);
    for (Window[] row : new Window[][] {closed[source], open[source]}) {
      for (Window part : row) {
        for (long start : containing(plan, source, part.startMillis(), parent)) {
          Window window = find(parent, start);
          if (window == null) {
            window = new Window(owner, start);
            window.passOn();
            open[parent] = with(open[parent], window);
          }
          window.merge(kind, part.aggregate());
        }
      }
    }
  }

  /** What is known of an open window: itself and what has not been passed on to it. */
  private Aggregate seen(WindowPlan plan, SensorKind kind, int level, Window window) {
    if (level == 0) {
      return window.aggregate();
    }
    Aggregate all = window.aggregate().copy();
    mergeWhatIsBelow(plan, kind, level, window, all);
    return all;
  }

  private void mergeWhatIsBelow(
      WindowPlan plan, SensorKind kind, int level, Window window, Aggregate all) {
    int source = plan.tree().source(level);
    long end = window.startMillis() + plan.tree().level(level).lengthMillis();
    for (Window part : open[source]) {
      if (part.startMillis() < window.startMillis() || part.startMillis() >= end) {
        continue;
      }
      if (!part.isPassedOn()) {
        all.merge(kind, seen(plan, kind, source, part));
      } else if (source > 0) {
        mergeWhatIsBelow(plan, kind, source, part, all);
      }
    }
  }

  private void passOn(
      WindowPlan plan, SensorKind kind, int level, long start, Aggregate part, Changes changes) {
    for (int parent : plan.tree().parents(level)) {
      for (long parentStart : containing(plan, level, start, parent)) {
        Window window = forWriting(plan, parent, parentStart);
        window.merge(kind, part);
        if (window.isClosed()) {
          window.countLate(part.count());
          changes.revised(parent, window);
        }
        if (window.isPassedOn()) {
          passOn(plan, kind, parent, parentStart, part, changes);
        }
      }
    }
  }

  /** The starts of the windows of a parent level that contain a window of a level. */
  private static long[] containing(WindowPlan plan, int level, long start, int parent) {
    WindowSpec spec = plan.tree().level(parent);
    long latest = spec.lastStartOf(start);
    long earliest = start + plan.tree().level(level).lengthMillis() - spec.lengthMillis();
    long[] starts = new long[(int) ((latest - earliest) / spec.slideMillis()) + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = latest - i * spec.slideMillis();
    }
    return starts;
  }

  /** The window, made with all that contain it if there is none; it may be changed. */
  private Window forWriting(WindowPlan plan, int level, long start) {
    Window known = find(level, start);
    if (known != null) {
      return owned(level, known);
    }
    Window window = new Window(owner, start);
    open[level] = with(open[level], window);
    for (int parent : plan.tree().parents(level)) {
      for (long parentStart : containing(plan, level, start, parent)) {
        forWriting(plan, parent, parentStart);
      }
    }
    markContainingUnpublished(plan, level, start);
    return window;
  }

  /** Open windows only: closed ones that change are told one by one. */
  private void markContainingUnpublished(WindowPlan plan, int level, long start) {
    for (int parent : plan.tree().parents(level)) {
      for (long parentStart : containing(plan, level, start, parent)) {
        Window window = find(parent, parentStart);
        // One that is open and marked was marked with all that contain it.
        if (window == null || (!window.isClosed() && window.isUnpublished())) {
          continue;
        }
        if (!window.isClosed()) {
          owned(parent, window).markUnpublished();
        }
        markContainingUnpublished(plan, parent, parentStart);
      }
    }
  }

  private @Nullable Window find(int level, long start) {
    Window[] row = open[level];
    for (int i = row.length - 1; i >= 0 && row[i].startMillis() >= start; i--) {
      if (row[i].startMillis() == start) {
        return row[i];
      }
    }
    int index = indexOf(closed[level], start);
    return index < 0 ? null : closed[level][index];
  }

  private Window owned(int level, Window window) {
    Window owned = window.ownedBy(owner);
    if (owned != window) {
      Window[][] rows = window.isClosed() ? closed : open;
      if (window.isClosed()) {
        closed[level] = closed[level].clone();
      }
      rows[level][indexOf(rows[level], window.startMillis())] = owned;
    }
    return owned;
  }

  /** Where a start is, or would be, as {@link Arrays#binarySearch(long[], long)} tells it. */
  private static int indexOf(Window[] row, long start) {
    int low = 0;
    int high = row.length - 1;
    // Time goes on: most of what is looked for lies behind the last window.
    if (high < 0 || row[high].startMillis() < start) {
      return -(row.length + 1);
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(row[middle].startMillis(), start);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  private static Window[] with(Window[] row, Window window) {
    int at = -(indexOf(row, window.startMillis()) + 1);
    Window[] grown = new Window[row.length + 1];
    System.arraycopy(row, 0, grown, 0, at);
    grown[at] = window;
    System.arraycopy(row, at, grown, at + 1, row.length - at);
    return grown;
  }

  private static Window[] from(Window[] row, long earliestStartAfter) {
    int first = 0;
    while (first < row.length && row[first].startMillis() <= earliestStartAfter) {
      first++;
    }
    return first == 0 ? row : Arrays.copyOfRange(row, first, row.length);
  }
}
