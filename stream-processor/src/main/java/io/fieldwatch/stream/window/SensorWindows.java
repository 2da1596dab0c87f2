package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final Object owner;
  private Window[] open;

  /**
   * Closed ones that the run which owns all this has closed or changed; the next puts them away.
   */
  private Window[] closed = Rows.NONE;

  /** All other closed ones, for each level. */
  private final FrozenRow[] frozen;

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
    this(owner, Rows.NONE, new FrozenRow[levels]);
    Arrays.fill(frozen, FrozenRow.EMPTY);
  }

  private SensorWindows(Object owner, Window[] open, FrozenRow[] frozen) {
    this.owner = owner;
    this.open = open;
    this.frozen = frozen;
  }

  /** These windows if the owner made them, else a copy that belongs to the owner. */
  public SensorWindows ownedBy(Object newOwner) {
    if (owner == newOwner) {
      return this;
    }
    Window[] row = open.clone();
    for (int i = 0; i < row.length; i++) {
      // Readings come to the panes all the time, to what lies above only now and then.
      row[i] = row[i].level() == 0 ? row[i] : row[i].packed();
    }
    FrozenRow[] frozenRows = new FrozenRow[frozen.length];
    for (int level = 0; level < frozenRows.length; level++) {
      frozenRows[level] = allClosed(level);
    }
    return new SensorWindows(newOwner, row, frozenRows);
  }

  private FrozenRow allClosed(int level) {
    FrozenRow all = frozen[level];
    for (Window window : closed) {
      all = window.level() == level ? all.with(window) : all;
    }
    return all;
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
    for (int level = 0; level < frozen.length; level++) {
      WindowSpec spec = plan.tree().level(level);
      for (long start = spec.lastStartOf(timeMillis);
          start + spec.lengthMillis() > timeMillis;
          start -= spec.slideMillis()) {
        Window window = findForWriting(level, start);
        if (window != null) {
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
    for (int level = 0; level < frozen.length; level++) {
      long length = plan.tree().level(level).lengthMillis();
      // None of them is asked for before it is among the closed ones: only longer ones are.
      Window[] over = Rows.only(open, isOver(level, watermark - length));
      open = Rows.only(open, isOver(level, watermark - length).negate());
      for (Window window : over) {
        close(plan, kind, window.ownedBy(owner), changes);
      }
      frozen[level] = frozen[level].after(forgetBefore - length);
    }
    closed = Rows.only(closed, window -> end(plan, window) > forgetBefore);
    for (Window window : open) {
      nextEnd = Math.min(nextEnd, end(plan, window));
    }
    return nextEnd;
  }

  private static Predicate<Window> isOver(int level, long latestStart) {
    return window -> window.level() == level && window.startMillis() <= latestStart;
  }

  private static long end(WindowPlan plan, Window window) {
    return window.startMillis() + plan.tree().level(window.level()).lengthMillis();
  }

  private void close(WindowPlan plan, SensorKind kind, Window window, Changes changes) {
    int level = window.level();
    window.close();
    if (!window.isPassedOn()) {
      passOn(plan, kind, level, window.startMillis(), window.aggregate(), changes);
      window.passOn();
    }
    closed = Rows.with(closed, window);
    changes.closed(level, window);
  }

  /**
   * Hands over the open windows that changed since they were last handed over.
   *
   * @param levels of how many levels, from the panes on
   */
  public void publishOpen(
      WindowPlan plan, SensorKind kind, int levels, Consumer<WindowResult> output) {
    for (int level = 0; level < Math.min(levels, frozen.length); level++) {
      for (int i = 0; i < open.length; i++) {
        if (open[i].level() == level && open[i].isUnpublished()) {
          Window window = ownedOpen(i);
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
    for (int i = 0; i < open.length; i++) {
      ownedOpen(i).markUnpublished();
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
    for (Window window : open) {
      count += plan.tree().isAsked(window.level()) ? 1 : 0;
    }
    return count;
  }

  /** Writes each window as a field of its own. */
  public void write(WireWriter out, int field) {
    for (int level = 0; level < frozen.length; level++) {
      writeOpen(out, field, level);
    }
    for (int level = 0; level < frozen.length; level++) {
      allClosed(level).write(out, field, level);
    }
  }

  private void writeOpen(WireWriter out, int field, int level) {
    for (Window window : open) {
      if (window.level() == level) {
        int begun = out.begin(field);
        window.write(out);
        out.end(begun);
      }
    }
  }

  /** Reads one field that {@link #write} wrote, into windows that nobody else has yet. */
  public void readOne(WireReader in) throws IOException {
    Window window = Window.read(in, frozen.length, owner);
    int level = window.level();
    long start = window.startMillis();
    if (Rows.indexOf(open, level, start) >= 0 || isClosed(level, start)) {
      throw new IOException("Cannot read state: a sensor has a window twice");
    }
    if (window.isClosed()) {
      frozen[level] = frozen[level].with(window);
    } else {
      open = Rows.with(open, window);
    }
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
        adapted.takeOpen(level, old.open, known);
        adapted.frozen[level] = old.allClosed(known);
      } else if (level > 0) {
        adapted.makeFromSource(to, kind, level);
      }
    }
    return adapted;
  }

  private void takeOpen(int level, Window[] others, int levelThere) {
    for (Window window : others) {
      if (window.level() == levelThere) {
        open = Rows.with(open, window.movedTo(level));
      }
    }
  }

  private void passOnEverything(WindowPlan plan, SensorKind kind) {
    for (int level = 0; level < frozen.length; level++) {
      for (Window known : open) {
        if (known.level() == level && !known.isPassedOn()) {
          Window window = ownedOpen(Rows.indexOf(open, level, known.startMillis()));
          passOn(plan, kind, level, window.startMillis(), window.aggregate(), Unheard.INSTANCE);
          window.passOn();
        }
      }
    }
  }

  /** Longer windows that exist contain it all already, so the new ones count as passed on. */
  private void makeFromSource(WindowPlan plan, SensorKind kind, int parent) {
    int source = plan.tree().source(parent);
    allClosed(source)
        .forEach(source, owner, part -> mergeIntoParent(plan, kind, source, part, parent));
    for (Window part : open) {
      if (part.level() == source) {
        mergeIntoParent(plan, kind, source, part, parent);
      }
    }
  }

  private void mergeIntoParent(
      WindowPlan plan, SensorKind kind, int source, Window part, int parent) {
    for (long start : containing(plan, source, part.startMillis(), parent)) {
      Window window = findForWriting(parent, start);
      if (window == null) {
        window = new Window(owner, parent, start);
        window.passOn();
        open = Rows.with(open, window);
      }
      window.merge(kind, part.aggregate());
    }
  }

  /** What is known of an open window: itself and what has not been passed on to it. */
  private Aggregate seen(WindowPlan plan, SensorKind kind, int level, Window window) {
    if (level == 0) {
      return window.aggregate();
    }
    Aggregate all = window.copyOfAggregate();
    mergeWhatIsBelow(plan, kind, level, window, all);
    return all;
  }

  private void mergeWhatIsBelow(
      WindowPlan plan, SensorKind kind, int level, Window window, Aggregate all) {
    int source = plan.tree().source(level);
    long end = window.startMillis() + plan.tree().level(level).lengthMillis();
    for (Window part : open) {
      if (part.level() != source
          || part.startMillis() < window.startMillis()
          || part.startMillis() >= end) {
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
    Window known = findForWriting(level, start);
    if (known != null) {
      return known;
    }
    Window window = new Window(owner, level, start);
    open = Rows.with(open, window);
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
        int place = Rows.indexOf(open, parent, parentStart);
        if (place >= 0) {
          // One that is marked was marked with all that contain it.
          if (open[place].isUnpublished()) {
            continue;
          }
          ownedOpen(place).markUnpublished();
        } else if (!isClosed(parent, parentStart)) {
          continue;
        }
        markContainingUnpublished(plan, parent, parentStart);
      }
    }
  }

  private @Nullable Window findForWriting(int level, long start) {
    int place = Rows.indexOf(open, level, start);
    if (place >= 0) {
      return ownedOpen(place);
    }
    place = Rows.indexOf(closed, level, start);
    return place >= 0 ? closed[place] : thawed(level, start);
  }

  private @Nullable Window thawed(int level, long start) {
    Window window = frozen[level].find(level, start, owner);
    if (window != null) {
      frozen[level] = frozen[level].without(start);
      closed = Rows.with(closed, window);
    }
    return window;
  }

  private boolean isClosed(int level, long start) {
    return Rows.indexOf(closed, level, start) >= 0 || frozen[level].has(start);
  }

  private Window ownedOpen(int place) {
    Window window = open[place].ownedBy(owner);
    open[place] = window;
    return window;
  }
}
