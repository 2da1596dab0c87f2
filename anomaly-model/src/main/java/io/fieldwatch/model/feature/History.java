package io.fieldwatch.model.feature;

import static io.fieldwatch.model.feature.Statistic.CHANGE;
import static io.fieldwatch.model.feature.Statistic.DRIFT;
import static io.fieldwatch.model.feature.Statistic.FALL;
import static io.fieldwatch.model.feature.Statistic.FLAT;
import static io.fieldwatch.model.feature.Statistic.GAP;
import static io.fieldwatch.model.feature.Statistic.HIGHEST;
import static io.fieldwatch.model.feature.Statistic.JUMP;
import static io.fieldwatch.model.feature.Statistic.LEVEL;
import static io.fieldwatch.model.feature.Statistic.LEVEL_12;
import static io.fieldwatch.model.feature.Statistic.LEVEL_4;
import static io.fieldwatch.model.feature.Statistic.LOWEST;
import static io.fieldwatch.model.feature.Statistic.MISSING;
import static io.fieldwatch.model.feature.Statistic.RANGE;
import static io.fieldwatch.model.feature.Statistic.REACH;
import static io.fieldwatch.model.feature.Statistic.RISE;
import static io.fieldwatch.model.feature.Statistic.SPREAD;
import static io.fieldwatch.model.feature.Statistic.SPREAD_12;
import static io.fieldwatch.model.feature.Statistic.TREND;

/**
 * What the {@link Statistic statistics} need to remember of a series: its last window means and a
 * few moving averages, as a view on one array of numbers.
 */
final class History {
  static final int RING = 12;
  static final int LENGTH = 8 + RING;

  private static final int EXPECTED_COUNT = 0;
  private static final int NOISE = 1;
  private static final int FAST_LEVEL = 2;
  private static final int SLOW_LEVEL = 3;
  private static final int LAST_VALUE = 4;
  private static final int FLAT_RUN = 5;
  private static final int LONGEST_FLAT_RUN = 6;
  private static final int ROUNDING = 7;
  private static final int MEANS = 8;

  private static final double FAST = 1.0 / 30;
  private static final double SLOW = 1.0 / 300;

  /** Below this share of the series' usual noise, deviations are as good as none. */
  private static final double NOISE_SHARE = 0.02;

  /** Sums of doubles are off by about this share of the values' size. */
  private static final double ROUNDING_SHARE = 1e-12;

  /** Beyond it squares would leave the range of a double. */
  private static final double GREATEST_VALUE = 1e100;

  /** Beyond it an extent is only "far above the noise". */
  private static final double GREATEST_RATIO = 1000;

  private final double[] numbers;

  History(double[] numbers) {
    this.numbers = numbers;
  }

  /**
   * The statistics of the window that follows {@code seen} others.
   *
   * @param missedWindows windows without readings since the last one
   */
  void statistics(WindowSummary window, long seen, long missedWindows, double[] out) {
    double mean = bounded(window.mean());
    double mean4 = recentMean(mean, seen, 3);
    double mean12 = recentMean(mean, seen, RING - 1);
    double before = seen == 0 ? mean : recentMean(meanBefore(seen, 1), seen - 1, 3);
    out[LEVEL.ordinal()] = mean;
    out[CHANGE.ordinal()] = seen == 0 ? 0 : mean - meanBefore(seen, 1);
    out[LEVEL_4.ordinal()] = mean4;
    out[LEVEL_12.ordinal()] = mean12;
    out[HIGHEST.ordinal()] = bounded(window.max());
    out[LOWEST.ordinal()] = bounded(window.min());
    out[RISE.ordinal()] = bounded(window.max()) - before;
    out[FALL.ordinal()] = before - bounded(window.min());
    out[REACH.ordinal()] = bounded(window.max()) - bounded(window.min());
    out[SPREAD.ordinal()] = besideNoise(bounded(window.stddev()));
    out[SPREAD_12.ordinal()] = besideNoise(recentDeviation(mean, mean12, seen));
    out[RANGE.ordinal()] = besideNoise(bounded(window.max()) - bounded(window.min()));
    out[TREND.ordinal()] = bounded(window.last()) - bounded(window.first());
    out[JUMP.ordinal()] = 1.5 * (mean4 - mean12);
    out[DRIFT.ordinal()] = numbers[FAST_LEVEL] - numbers[SLOW_LEVEL];
    out[FLAT.ordinal()] = flatness(window, seen);
    out[MISSING.ordinal()] = Math.log((window.count() + 1.0) / (numbers[EXPECTED_COUNT] + 1));
    out[GAP.ordinal()] = Math.log1p((double) missedWindows);
  }

  /** Takes the window in as the latest of the past, after {@code seen} others. */
  void learn(WindowSummary window, long seen) {
    double mean = bounded(window.mean());
    double run = flatRun(window, seen);
    double move = seen == 0 ? 0 : Math.abs(mean - meanBefore(seen, 1));
    double share = 1.0 / (seen + 1);
    learnFlatRun(run);
    approach(EXPECTED_COUNT, (double) window.count(), Math.max(share, SLOW));
    approach(NOISE, bounded(window.stddev()) + move, Math.max(share, SLOW));
    approach(FAST_LEVEL, mean, Math.max(share, FAST));
    approach(SLOW_LEVEL, mean, Math.max(share, SLOW));
    numbers[LAST_VALUE] = window.last();
    numbers[ROUNDING] = Math.max(0.999 * numbers[ROUNDING], ROUNDING_SHARE * Math.abs(mean));
    numbers[MEANS + (int) (seen % RING)] = mean;
  }

  /** Below how much the statistic's deviation is of no interest. */
  double granularity(Statistic statistic) {
    return statistic.granularity().orElse(numbers[ROUNDING]);
  }

  private void approach(int index, double value, double share) {
    numbers[index] += share * (value - numbers[index]);
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
    if (!flat || (seen > 0 && window.max() != numbers[LAST_VALUE])) {
      return 0;
    }
    return numbers[FLAT_RUN] + window.count();
  }

  /**
   * A run counts as normal when it is over, not while it lasts. One that is far longer than all
   * before may have been a fault, and moves the longest by a step only.
   */
  private void learnFlatRun(double run) {
    if (run == 0 && numbers[FLAT_RUN] > 0) {
      double longest = numbers[LONGEST_FLAT_RUN];
      double step = hasNeverVaried() ? numbers[FLAT_RUN] : 2 * longest + 2;
      numbers[LONGEST_FLAT_RUN] = Math.max(longest, Math.min(numbers[FLAT_RUN], step));
    }
    numbers[FLAT_RUN] = run;
  }

  private double meanBefore(long seen, int windowsBack) {
    return numbers[MEANS + (int) ((seen - windowsBack) % RING)];
  }

  /** Mean of this window's mean and those of up to {@code more} windows before it. */
  private double recentMean(double mean, long seen, int more) {
    int available = (int) Math.min(more, seen);
    double offsets = 0;
    for (int back = 1; back <= available; back++) {
      offsets += meanBefore(seen, back) - mean;
    }
    return mean + offsets / (available + 1);
  }

  private double recentDeviation(double mean, double center, long seen) {
    int available = (int) Math.min(RING - 1, seen);
    double squares = (mean - center) * (mean - center);
    for (int back = 1; back <= available; back++) {
      double offset = meanBefore(seen, back) - center;
      squares += offset * offset;
    }
    return Math.sqrt(squares / (available + 1));
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
