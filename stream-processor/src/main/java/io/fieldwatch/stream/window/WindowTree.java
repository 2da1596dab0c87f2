package io.fieldwatch.stream.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which windows are made of which. A reading goes into its pane only, the shortest tumbling window;
 * when a window is closed, it is merged into the longer ones that are made of it. So a reading
 * costs the same whatever the number of windows, and no window is computed from readings twice
 * (panes: Li et al., SIGMOD Record 2005).
 *
 * <p>Levels ascend by length. Level 0 are the panes: as long as the greatest common divisor of all
 * lengths and slides, so possibly no window that anyone asked for. Every other level has as its
 * source the longest tumbling level before it whose length divides its slide. Immutable.
 */
public final class WindowTree {
  private static final int NO_SOURCE = -1;

  private final List<WindowSpec> levels;
  private final List<WindowSpec> asked;
  private final int[] sources;
  private final int[][] parents;
  private final int scored;

  private WindowTree(List<WindowSpec> asked) {
    this.asked = asked;
    this.levels = withPanes(asked);
    this.sources = new int[levels.size()];
    for (int level = 0; level < sources.length; level++) {
      sources[level] = sourceOf(level);
    }
    this.parents = new int[levels.size()][];
    for (int level = 0; level < sources.length; level++) {
      int source = level;
      parents[level] =
          IntStream.range(0, sources.length).filter(p -> sources[p] == source).toArray();
    }
    this.scored = shortestTumbling();
  }

  /**
   * The tree of some windows.
   *
   * @param asked in any order
   * @throws IllegalArgumentException if one stands twice, or none is tumbling: the shortest
   *     tumbling windows are the ones that are scored and that the audit counts
   */
  public static WindowTree of(List<WindowSpec> asked) {
    List<WindowSpec> sorted =
        asked.stream()
            .sorted(
                Comparator.comparingLong(WindowSpec::lengthMillis)
                    .thenComparing(Comparator.comparingLong(WindowSpec::slideMillis).reversed()))
            .toList();
    if (sorted.stream().noneMatch(WindowSpec::isTumbling)) {
      throw new IllegalArgumentException(
          "Invalid windows %s: at least one must be tumbling".formatted(sorted));
    }
    if (sorted.stream().distinct().count() < sorted.size()) {
      throw new IllegalArgumentException("Invalid windows %s: one stands twice".formatted(sorted));
    }
    return new WindowTree(sorted);
  }

  /** How many levels there are, the panes included. */
  public int size() {
    return levels.size();
  }

  public WindowSpec level(int level) {
    return levels.get(level);
  }

  /** All levels, the panes first. */
  public List<WindowSpec> levels() {
    return levels;
  }

  /** The windows that are results, shortest first. */
  public List<WindowSpec> asked() {
    return asked;
  }

  /** The level of a kind of window; -1 if it is none of this tree. */
  public int levelOf(WindowSpec spec) {
    return levels.indexOf(spec);
  }

  /** Whether the windows of a level are results, and not only what others are made of. */
  public boolean isAsked(int level) {
    return asked.contains(levels.get(level));
  }

  /** The level that a level's windows are made of. Not for level 0, which is made of readings. */
  public int source(int level) {
    return sources[level];
  }

  /** The levels that are made of a level. Nobody changes the array. */
  int[] parents(int level) {
    return parents[level];
  }

  /** The level of the shortest tumbling windows that were asked for. */
  public int scored() {
    return scored;
  }

  /** Whether windows of the same length are scored. */
  public boolean isScoredLike(WindowTree other) {
    return levels.get(scored).equals(other.levels.get(other.scored));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowTree that && asked.equals(that.asked);
  }

  @Override
  public int hashCode() {
    return asked.hashCode();
  }

  @Override
  public String toString() {
    return asked.toString();
  }

  private static List<WindowSpec> withPanes(List<WindowSpec> asked) {
    long divisor = 0;
    for (WindowSpec spec : asked) {
      divisor = greatestCommonDivisor(divisor, spec.slideMillis());
    }
    WindowSpec pane = WindowSpec.tumbling(Duration.ofMillis(divisor));
    if (asked.get(0).equals(pane)) {
      return asked;
    }
    List<WindowSpec> levels = new ArrayList<>(asked);
    levels.add(0, pane);
    return List.copyOf(levels);
  }

  private int sourceOf(int level) {
    for (int candidate = level - 1; candidate >= 0; candidate--) {
      WindowSpec source = levels.get(candidate);
      if (source.isTumbling() && levels.get(level).slideMillis() % source.lengthMillis() == 0) {
        return candidate;
      }
    }
    return NO_SOURCE;
  }

  private int shortestTumbling() {
    int level = 0;
    while (!levels.get(level).isTumbling() || !isAsked(level)) {
      level++;
    }
    return level;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
