package io.fieldwatch.model.feature;

/**
 * Says how unusual a number is beside the numbers the same {@link Statistic} gave before. The
 * memory of all statistics lies in two arrays, one block a statistic.
 *
 * <p>Of each statistic it keeps mean and variance over the last some thousand windows, a histogram
 * of how far numbers lay from the mean (in deviations, on a logarithmic scale), the 95 % quantile
 * of that distance with the mean excess over it, and the greatest distance, slowly forgotten.
 */
final class Normaliser {
  static final int NUMBERS = 6;
  static final int BINS = 24;

  /** Beyond it a distance is only "far"; also what a change after a constant past counts as. */
  static final double GREATEST_DISTANCE = 1000;

  private static final int MEAN = 0;
  private static final int VARIANCE = 1;
  private static final int QUANTILE = 2;
  private static final int EXCESS = 3;
  private static final int EXCEEDANCES = 4;
  private static final int RECORD = 5;

  private static final int HALVE_TAIL_AT = 1500;
  private static final double BIN_SCALE = 3;
  private static final double BIN_ORIGIN = 0.05;

  private static final double QUANTILE_LEVEL = 0.95;
  private static final int MOST_EXCEEDANCES = 150;
  private static final double LN_10 = Math.log(10);
  private static final double GREATEST_SURPRISE = 4;

  private final float[] numbers;
  private final short[] tails;

  /** Most statistics have learnt as often, so most of them share a logarithm. */
  private int lastTotal = -1;

  private double greatestRarity;

  Normaliser(float[] numbers, short[] tails) {
    this.numbers = numbers;
    this.tails = tails;
  }

  /** Writes the memory of a statistic that has never been seen. */
  void reset(int statistic) {
    int at = statistic * NUMBERS;
    numbers[at + QUANTILE] = 2;
    numbers[at + EXCESS] = 0.5f;
    numbers[at + RECORD] = 3;
  }

  /** Measures the statistic from an origin that lies {@code by} higher. */
  void moveOrigin(int statistic, double by) {
    int at = statistic * NUMBERS + MEAN;
    numbers[at] = (float) (numbers[at] - by);
  }

  double mean(int statistic) {
    return numbers[statistic * NUMBERS + MEAN];
  }

  double deviation(int statistic) {
    return Math.sqrt(numbers[statistic * NUMBERS + VARIANCE]);
  }

  /**
   * Deviations between the value and its mean; 0 where it is what it has always been.
   *
   * @param granularity below how much a deviation is of no interest
   */
  double distance(int statistic, double value, double granularity) {
    double distance = Math.abs(value - mean(statistic));
    if (distance == 0) {
      return 0;
    }
    double scale = deviation(statistic) + granularity;
    return scale == 0 ? GREATEST_DISTANCE : Math.min(GREATEST_DISTANCE, distance / scale);
  }

  /**
   * How rare the distance is: 0 common, 1 a record, whatever the age of the series.
   *
   * @param place of the distance, by {@link #place}
   */
  double tail(int statistic, double place) {
    int from = statistic * BINS;
    int bin = (int) place;
    int above = 0;
    for (int i = bin + 1; i < BINS; i++) {
      above += tails[from + i];
    }
    int total = above;
    for (int i = 0; i <= bin; i++) {
      total += tails[from + i];
    }
    double atLeast = above + (bin + 1 - place) * tails[from + bin];
    if (total != lastTotal) {
      lastTotal = total;
      greatestRarity = Math.log(2.0 * (total + 1));
    }
    return -Math.log((atLeast + 0.5) / (total + 1)) / greatestRarity;
  }

  /** How far the distance lies beyond the usual exceedances of the 95 % quantile; 0 below it. */
  double surprise(int statistic, double distance) {
    int at = statistic * NUMBERS;
    double excess = distance - numbers[at + QUANTILE];
    if (excess <= 0) {
      return 0;
    }
    double usual = LN_10 * (numbers[at + EXCESS] + 0.03);
    return Math.min(GREATEST_SURPRISE, Math.log(1 + 1.3 + excess / usual));
  }

  /** Logarithm of the distance beside the greatest so far, up to 2; 0 for what is no record. */
  double record(int statistic, double distance) {
    double record = numbers[statistic * NUMBERS + RECORD];
    return distance <= record ? 0 : Math.min(2, Math.log((distance + 0.5) / (record + 0.5)));
  }

  /**
   * Takes in the value as the latest of the past.
   *
   * @param distance of the value, and {@code place} its place
   * @param learnt how many values were taken in before
   */
  void learn(int statistic, double value, double distance, double place, long learnt) {
    int at = statistic * NUMBERS;
    learnMoments(at, value, learnt);
    if (learnt == 0) {
      return;
    }
    learnTail(statistic * BINS + (int) place, statistic * BINS);
    learnExceedance(at, distance, learnt);
    double record = numbers[at + RECORD];
    numbers[at + RECORD] = (float) Math.max(0.9998 * record, Math.min(distance, 1.5 * record + 1));
  }

  /** Outliers move mean and variance by no more than {@link Moments#limit} deviations. */
  private void learnMoments(int at, double value, long learnt) {
    double share = Moments.share(learnt);
    double variance = numbers[at + VARIANCE];
    double deviation = Moments.limited(value - numbers[at + MEAN], variance, learnt);
    numbers[at + MEAN] = (float) (numbers[at + MEAN] + share * deviation);
    numbers[at + VARIANCE] = (float) ((1 - share) * (variance + share * deviation * deviation));
  }

  private void learnTail(int bin, int from) {
    tails[bin]++;
    if (tails[bin] >= HALVE_TAIL_AT) {
      for (int i = 0; i < BINS; i++) {
        tails[from + i] >>= 1;
      }
    }
  }

  private void learnExceedance(int at, double distance, long learnt) {
    double quantile = numbers[at + QUANTILE];
    double step = Math.max(3.0 / (learnt + 10), 1.0 / 500);
    double excess = distance - quantile;
    if (excess > 0) {
      numbers[at + QUANTILE] = (float) (quantile + step * QUANTILE_LEVEL);
      float exceedances = Math.min(MOST_EXCEEDANCES, numbers[at + EXCEEDANCES] + 1);
      numbers[at + EXCEEDANCES] = exceedances;
      double share = 1 / (exceedances + 1.0);
      double usual = numbers[at + EXCESS];
      numbers[at + EXCESS] = (float) (usual + share * (Math.min(excess, 6 * usual) - usual));
    } else {
      numbers[at + QUANTILE] = (float) (quantile - step * (1 - QUANTILE_LEVEL));
    }
  }

  /** The distance on the histogram's axis: the integer part is the bin. */
  static double place(double distance) {
    return Math.min(BINS - 1e-9, BIN_SCALE * Math.log(distance / BIN_ORIGIN + 1));
  }
}
