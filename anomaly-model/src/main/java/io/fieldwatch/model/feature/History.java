package io.fieldwatch.model.feature;

import static io.fieldwatch.model.feature.Statistic.CHANGE;
import static io.fieldwatch.model.feature.Statistic.DRIFT;
import static io.fieldwatch.model.feature.Statistic.FALL;
import static io.fieldwatch.model.feature.Statistic.FLAT;
import static io.fieldwatch.model.feature.Statistic.GAP;
import static io.fieldwatch.model.feature.Statistic.HIGHEST;
import static io.fieldwatch.model.feature.Statistic.JUMP_12;
import static io.fieldwatch.model.feature.Statistic.JUMP_4;
import static io.fieldwatch.model.feature.Statistic.LEVEL;
import static io.fieldwatch.model.feature.Statistic.LEVEL_12;
import static io.fieldwatch.model.feature.Statistic.LEVEL_4;
import static io.fieldwatch.model.feature.Statistic.LEVEL_48;
import static io.fieldwatch.model.feature.Statistic.LOWEST;
import static io.fieldwatch.model.feature.Statistic.MISSING;
import static io.fieldwatch.model.feature.Statistic.RANGE;
import static io.fieldwatch.model.feature.Statistic.RISE;
import static io.fieldwatch.model.feature.Statistic.ROUGHNESS;
import static io.fieldwatch.model.feature.Statistic.SEASON;
import static io.fieldwatch.model.feature.Statistic.SEASON_12;
import static io.fieldwatch.model.feature.Statistic.SPREAD;
import static io.fieldwatch.model.feature.Statistic.SPREAD_12;
import static io.fieldwatch.model.feature.Statistic.SPREAD_48;
import static io.fieldwatch.model.feature.Statistic.TREND;

import java.util.Arrays;

/**
 * What the {@link Statistic statistics} need to remember of a series: its last window means, its
 * usual day and a few moving averages, as a view on two arrays of numbers.
 *
 * <p>All values are kept as offsets from the series' origin, so that half the bytes hold them.
 */
final class History {
  private static final int RING = 48;
  private static final int BINS = 48;
  private static final int MEANS = 8;
  private static final int DAY = MEANS + RING;

  /** What was kept when there were no more than the founding statistics. */
  static final int FOUNDING_NUMBERS = DAY + BINS;

  private static final int INSIDE = FOUNDING_NUMBERS;
  private static final int INSIDES = 3;
  static final int NUMBERS = INSIDE + INSIDES;
  static final int COUNTS = BINS;

  private static final int EXPECTED_COUNT = 0;
  private static final int NOISE = 1;
  private static final int FAST_LEVEL = 2;
  private static final int SLOW_LEVEL = 3;
  private static final int LAST_VALUE = 4;
  private static final int FLAT_RUN = 5;
  private static final int LONGEST_FLAT_RUN = 6;
  private static final int ROUNDING = 7;

  private static final int COURSE = 6;

  private static final double FAST = 1.0 / 30;
  private static final double SLOW = 1.0 / 300;

  private static final long DAY_MILLIS = 86_400_000;
  private static final double BIN_MILLIS = DAY_MILLIS / (double) BINS;

  /** The usual day is that of about so many days. */
  private static final int DAYS = 10;

  /** Below this share of the series' usual noise, deviations are as good as none. */
  private static final double NOISE_SHARE = 0.02;

  /** Sums of doubles are off by about this share of the values' size. */
  private static final double ROUNDING_SHARE = 1e-12;

  /** Offsets that are kept are off by about this share of themselves. */
  private static final double KEEPING_SHARE = 2e-7;

  /** How much of the rounding is left a window later: one huge value is soon forgotten. */
  private static final double ROUNDING_KEPT = 0.97;

  /** So many windows that lie {@link #WILD} times further off than all others vary are a glitch. */
  private static final int GLITCH_WINDOWS = 2;

  private static final double WILD = 100;

  /** Beyond it squares would leave the range of a float. */
  private static final double GREATEST_VALUE = 1e15;

  /** Beyond it an extent is only "far above the noise". */
  private static final double GREATEST_RATIO = 1000;

  private final double origin;
  private final float[] numbers;
  private final short[] counts;

  /**
   * @param numbers {@link #NUMBERS} of them
   * @param counts {@link #COUNTS} of them
   */
  History(double origin, float[] numbers, short[] counts) {
    this.origin = origin;
    this.numbers = numbers;
    this.counts = counts;
  }

  /** Where a series that begins with the window has its origin. */
  static double origin(WindowSummary first) {
    return bounded(first.mean());
  }

  /**
   * The statistics of the window that follows {@code seen} others.
   *
   * @param missedWindows windows without readings since the last one
   */
  void statistics(WindowSummary window, long seen, long missedWindows, double[] out) {
    double mean = offset(window.mean());
    double max = offset(window.max());
    double min = offset(window.min());
    double[] recent = recent(mean, seen);
    double mean4 = meanOf(recent, 0, 4);
    double mean12 = meanOf(recent, 0, 12);
    double mean48 = meanOf(recent, 0, RING);
    double before = meanOf(recent, 1, 4);
    out[LEVEL.ordinal()] = mean;
    out[HIGHEST.ordinal()] = max;
    out[LOWEST.ordinal()] = min;
    out[CHANGE.ordinal()] = seen == 0 ? 0 : mean - recent[1];
    out[RISE.ordinal()] = max - before;
    out[FALL.ordinal()] = before - min;
    out[SPREAD.ordinal()] = besideNoise(bounded(window.stddev()));
    out[RANGE.ordinal()] = besideNoise(max - min);
    out[TREND.ordinal()] = offset(window.last()) - offset(window.first());
    out[LEVEL_4.ordinal()] = mean4;
    out[LEVEL_12.ordinal()] = mean12;
    out[LEVEL_48.ordinal()] = mean48;
    out[SPREAD_12.ordinal()] = besideNoise(deviationOf(recent, mean12, 12));
    out[SPREAD_48.ordinal()] = besideNoise(deviationOf(recent, mean48, RING));
    out[ROUGHNESS.ordinal()] = besideNoise(stepOf(recent));
    out[JUMP_4.ordinal()] = mean4 - meanOf(recent, 4, 4);
    out[JUMP_12.ordinal()] = mean12 - meanOf(recent, 12, 12);
    out[SEASON.ordinal()] = mean - usual((double) window.startMillis(), mean12);
    double middle = (double) window.startMillis() - 5.5 * (double) window.lengthMillis();
    out[SEASON_12.ordinal()] = mean12 - usual(middle, mean48);
    out[DRIFT.ordinal()] = numbers[FAST_LEVEL] - numbers[SLOW_LEVEL];
    out[FLAT.ordinal()] = flatness(window, seen);
    out[MISSING.ordinal()] = Math.log((window.count() + 1.0) / (numbers[EXPECTED_COUNT] + 1));
    double inside = inside(window, seen);
    out[Statistic.STILL_4.ordinal()] = stillness(inside);
    out[Statistic.STILL_12.ordinal()] = stillness(stepOf(recent));
    double heading = heading(recent);
    out[Statistic.AHEAD.ordinal()] = mean - heading;
    out[Statistic.ABOVE.ordinal()] = max - heading;
    out[Statistic.BELOW.ordinal()] = heading - min;
    out[GAP.ordinal()] = Math.log1p((double) missedWindows);
  }

  /** Mean of the deviations within this window and the 3 before. */
  private double inside(WindowSummary window, long seen) {
    int before = (int) Math.min(INSIDES, seen);
    double sum = bounded(window.stddev());
    for (int i = 0; i < before; i++) {
      sum += numbers[INSIDE + i];
    }
    return sum / (1 + before);
  }

  /** The usual noise beside an extent: what is unusually still is far from all that is usual. */
  private double stillness(double extent) {
    if (hasNeverVaried() || extent <= numbers[ROUNDING]) {
      return 1 / NOISE_SHARE;
    }
    return 1 / (Math.min(GREATEST_RATIO, extent / numbers[NOISE]) + NOISE_SHARE);
  }

  /** Where the line through the 6 windows before this one would be now. */
  private static double heading(double[] recent) {
    int n = Math.min(COURSE, recent.length - 1);
    if (n < 2) {
      return recent[n];
    }
    double middle = meanOf(recent, 1, n);
    double centre = (n + 1) / 2.0;
    double slope = 0;
    double squares = 0;
    for (int i = 1; i <= n; i++) {
      double x = centre - i;
      slope += x * (recent[i] - middle);
      squares += x * x;
    }
    return middle + slope / squares * centre;
  }

  /** Takes the window in as the latest of the past, after {@code seen} others. */
  void learn(WindowSummary window, long seen) {
    double mean = offset(window.mean());
    double run = flatRun(window, seen);
    double move = seen == 0 ? 0 : Math.abs(mean - meanBefore(seen));
    numbers[INSIDE + (int) (seen % INSIDES)] = (float) bounded(window.stddev());
    learnFlatRun(run);
    learnDay(window, mean);
    approach(EXPECTED_COUNT, (double) window.count(), Moments.share(seen, SLOW));
    double greatest = greatestMove(seen);
    approachLevel(FAST_LEVEL, mean, Moments.share(seen, FAST), greatest, seen);
    approachLevel(SLOW_LEVEL, mean, Moments.share(seen, SLOW), greatest, seen);
    double noise = Math.min(greatest, bounded(window.stddev()) + move);
    approach(NOISE, noise, Moments.share(seen, SLOW));
    numbers[LAST_VALUE] = (float) offset(window.last());
    double rounding =
        KEEPING_SHARE * Math.abs(mean) + ROUNDING_SHARE * Math.abs(bounded(window.mean()));
    numbers[ROUNDING] = (float) Math.max(ROUNDING_KEPT * numbers[ROUNDING], rounding);
    numbers[MEANS + (int) (seen % RING)] = (float) mean;
  }

  /** Measures from an origin that lies {@code by} higher. */
  void moveOrigin(double by) {
    for (int i = MEANS; i < FOUNDING_NUMBERS; i++) {
      numbers[i] = (float) (numbers[i] - by);
    }
    for (int i : new int[] {FAST_LEVEL, SLOW_LEVEL, LAST_VALUE}) {
      numbers[i] = (float) (numbers[i] - by);
    }
  }

  /** Below how much the statistic's deviation is of no interest. */
  double granularity(Statistic statistic) {
    return statistic.granularity().orElse(numbers[ROUNDING]);
  }

  private void approach(int index, double value, double share) {
    numbers[index] = (float) (numbers[index] + share * (value - numbers[index]));
  }

  /** What a single window may do to the averages. A series that has never varied may begin to. */
  private double greatestMove(long seen) {
    return hasNeverVaried() ? Double.POSITIVE_INFINITY : Moments.limit(seen) * numbers[NOISE];
  }

  /**
   * Follows the level, but only so far at once, unless the window before was as far off: then the
   * level has really moved.
   */
  private void approachLevel(int index, double mean, double share, double greatest, long seen) {
    double level = numbers[index];
    double before = seen == 0 ? 0 : meanBefore(seen) - level;
    double upmost = Math.max(greatest, before);
    double lowest = Math.min(-greatest, before);
    approach(index, level + Math.max(lowest, Math.min(upmost, mean - level)), share);
  }

  /**
   * Whether one or two of the windows so far were far off, by all that the others and this window
   * vary. What has been learnt of such a series is about a glitch; what is off for longer is its
   * own.
   *
   * @param seen at most as many as means are remembered, and 3 or more
   */
  boolean hadAGlitch(WindowSummary window, long seen) {
    double[] distances = recent(offset(window.mean()), seen);
    double mean = distances[0];
    Arrays.setAll(distances, i -> Math.abs(distances[i] - mean));
    Arrays.sort(distances);
    int farthest = distances.length - 1;
    double extent = Math.max(inside(window, seen), distances[farthest - GLITCH_WINDOWS]);
    // Where the others do not vary at all there is nothing to measure by.
    boolean varies = extent > ROUNDING_SHARE * Math.abs(bounded(window.mean()));
    return varies && distances[farthest] > WILD * extent;
  }

  /** 0 as long as the series has never varied: then standing still says nothing. */
  private double flatness(WindowSummary window, long seen) {
    if (hasNeverVaried()) {
      return 0;
    }
    return Math.log((flatRun(window, seen) + 1) / (numbers[LONGEST_FLAT_RUN] + 1));
  }

  private boolean hasNeverVaried() {
    return numbers[NOISE] <= numbers[ROUNDING];
  }

  /** How many readings in a row, up to the end of this window, have repeated the one before. */
  private double flatRun(WindowSummary window, long seen) {
    boolean flat = window.min() == window.max();
    if (!flat || (seen > 0 && (float) offset(window.max()) != numbers[LAST_VALUE])) {
      return 0;
    }
    return numbers[FLAT_RUN] + (double) window.count();
  }

  /**
   * A run counts as normal when it is over, not while it lasts. One that is far longer than all
   * before may have been a fault, and moves the longest by a step only.
   */
  private void learnFlatRun(double run) {
    if (run == 0 && numbers[FLAT_RUN] > 0) {
      float longest = numbers[LONGEST_FLAT_RUN];
      float step = hasNeverVaried() ? numbers[FLAT_RUN] : 2 * longest + 2;
      numbers[LONGEST_FLAT_RUN] = Math.max(longest, Math.min(numbers[FLAT_RUN], step));
    }
    numbers[FLAT_RUN] = (float) run;
  }

  private void learnDay(WindowSummary window, double mean) {
    int bin = (int) (Math.floorMod(window.startMillis(), DAY_MILLIS) / BIN_MILLIS);
    double windowsInBin = Math.max(1, BIN_MILLIS / window.lengthMillis());
    int most = (int) Math.min(Short.MAX_VALUE, DAYS * windowsInBin);
    counts[bin] = (short) Math.min(most, counts[bin] + 1);
    approach(DAY + bin, mean, 1.0 / counts[bin]);
  }

  /** What is usual at the time of the day, between the middles of the half hours around it. */
  private double usual(double timeMillis, double otherwise) {
    double place = timeMillis / BIN_MILLIS - 0.5;
    double below = Math.floor(place);
    int left = Math.floorMod((long) below, BINS);
    int right = (left + 1) % BINS;
    if (counts[left] == 0 || counts[right] == 0) {
      return counts[left] > 0
          ? numbers[DAY + left]
          : counts[right] > 0 ? numbers[DAY + right] : otherwise;
    }
    double share = place - below;
    return (1 - share) * numbers[DAY + left] + share * numbers[DAY + right];
  }

  private double meanBefore(long seen) {
    return numbers[MEANS + (int) ((seen - 1) % RING)];
  }

  /** This window's mean and those of the windows before it, the latest first. */
  private double[] recent(double mean, long seen) {
    double[] recent = new double[1 + (int) Math.min(RING, seen)];
    recent[0] = mean;
    int at = MEANS + (int) (seen % RING);
    for (int i = 1; i < recent.length; i++) {
      at = at == MEANS ? DAY - 1 : at - 1;
      recent[i] = numbers[at];
    }
    return recent;
  }

  /** Mean of as many as there are; the latest where there are none. */
  private static double meanOf(double[] recent, int from, int length) {
    int to = Math.min(from + length, recent.length);
    if (to <= from) {
      return recent[0];
    }
    double offsets = 0;
    for (int i = from; i < to; i++) {
      offsets += recent[i] - recent[0];
    }
    return recent[0] + offsets / (to - from);
  }

  private static double deviationOf(double[] recent, double centre, int length) {
    int to = Math.min(length, recent.length);
    double squares = 0;
    for (int i = 0; i < to; i++) {
      double distance = recent[i] - centre;
      squares += distance * distance;
    }
    return Math.sqrt(squares / to);
  }

  private static double stepOf(double[] recent) {
    int steps = Math.min(12, recent.length - 1);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.abs(recent[i] - recent[i + 1]);
    }
    return steps == 0 ? 0 : sum / steps;
  }

  private double offset(double value) {
    return bounded(value - origin);
  }

  private static double bounded(double value) {
    return Math.max(-GREATEST_VALUE, Math.min(GREATEST_VALUE, value));
  }

  /** Logarithm of an extent beside the series' usual noise, which makes it free of units. */
  private double besideNoise(double extent) {
    if (hasNeverVaried()) {
      return Math.log((extent <= numbers[ROUNDING] ? 0 : GREATEST_RATIO) + NOISE_SHARE);
    }
    return Math.log(Math.min(GREATEST_RATIO, extent / numbers[NOISE]) + NOISE_SHARE);
  }
}
