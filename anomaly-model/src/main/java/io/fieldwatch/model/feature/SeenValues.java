package io.fieldwatch.model.feature;

/**
 * Remembers which values each {@link Statistic} has had: "has this been seen before?" asks another
 * question than "how extreme is this?", and finds a value in a gap between two usual ones.
 *
 * <p>The axis of a statistic is cut into {@value #CELLS} cells around a centre, of {@value #WIDTH}
 * deviations each up to 2 deviations and of growing width beyond; one bit says whether a value has
 * ever lain in the cell. Centre and deviation are fixed for long and then taken anew, which carries
 * the bits over; see {@link #measure}.
 */
final class SeenValues {
  static final int NUMBERS = 3;
  static final int WORDS = 2;

  private static final int CELLS = 64 * WORDS;
  private static final double WIDTH = 0.2;

  private static final int CENTRE = 0;
  private static final int SCALE = 1;
  private static final int USUAL_NOVELTY = 2;

  /** Beyond so many deviations the axis is logarithmic. */
  private static final double LINEAR = 2;

  private static final double LEAST_SHARE = 1.0 / 1000;
  private static final double GREATEST_LEARNT = 10;

  /** Even a series of thousands of equal days has a least value that is lower by a hair. */
  private static final double LEAST_USUAL = 0.05;

  private static final double CHANGE_OF_SCALE = 1.25;
  private static final double LN_10 = Math.log(10);

  private final float[] numbers;
  private final long[] seen;

  SeenValues(float[] numbers, long[] seen) {
    this.numbers = numbers;
    this.seen = seen;
  }

  /** Measures the statistic from an origin that lies {@code by} higher. */
  void moveOrigin(int statistic, double by) {
    int at = statistic * NUMBERS + CENTRE;
    numbers[at] = (float) (numbers[at] - by);
  }

  /**
   * Lays the axis anew where the statistic's mean and deviation have become others; cells that were
   * seen mark the cells their middles come to lie in.
   */
  void measure(int statistic, double mean, double deviation) {
    int at = statistic * NUMBERS;
    double centre = numbers[at + CENTRE];
    double scale = numbers[at + SCALE];
    if (scale > 0
        && deviation < CHANGE_OF_SCALE * scale
        && scale < CHANGE_OF_SCALE * deviation
        && Math.abs(mean - centre) < scale / 2) {
      return;
    }
    numbers[at + CENTRE] = (float) mean;
    numbers[at + SCALE] = (float) deviation;
    long[] old = {seen[statistic * WORDS], seen[statistic * WORDS + 1]};
    seen[statistic * WORDS] = 0;
    seen[statistic * WORDS + 1] = 0;
    if (scale > 0) {
      carryOver(statistic, old, centre, scale);
    }
  }

  private void carryOver(int statistic, long[] old, double centre, double scale) {
    for (int cell = 0; cell < CELLS; cell++) {
      if (((old[cell >> 6] >>> cell) & 1) != 0) {
        int from = (int) position(statistic, centre + scale * value(cell + 0.02));
        int to = (int) position(statistic, centre + scale * value(cell + 0.98));
        for (int i = from; i <= to; i++) {
          seen[statistic * WORDS + (i >> 6)] |= 1L << i;
        }
      }
    }
  }

  /** Whether the statistic has an axis. */
  boolean isMeasured(int statistic) {
    return numbers[statistic * NUMBERS + SCALE] > 0;
  }

  /** Where the value lies on the axis of cells; the integer part is the cell. */
  double position(int statistic, double value) {
    int at = statistic * NUMBERS;
    double deviations = (value - numbers[at + CENTRE]) / numbers[at + SCALE];
    double distance = Math.abs(deviations);
    double warped = distance <= LINEAR ? distance : LINEAR + LINEAR * Math.log(distance / LINEAR);
    double position = CELLS / 2.0 + Math.copySign(warped, deviations) / WIDTH;
    return Math.max(0, Math.min(CELLS - 1e-9, position));
  }

  private static double value(double position) {
    double warped = Math.abs(position - CELLS / 2.0) * WIDTH;
    double distance = warped <= LINEAR ? warped : LINEAR * Math.exp(warped / LINEAR - 1);
    return Math.copySign(distance, position - CELLS / 2.0);
  }

  /** Cells between the position and the nearest cell that was ever seen; 0 in such a cell. */
  double novelty(int statistic, double position) {
    int cell = (int) position;
    long low = seen[statistic * WORDS];
    long high = seen[statistic * WORDS + 1];
    if ((((cell < 64 ? low : high) >>> cell) & 1) != 0) {
      return 0;
    }
    int above = above(low, high, cell);
    int below = below(low, high, cell);
    if (above < 0 && below < 0) {
      return 0;
    }
    double up = above < 0 ? CELLS : above - position;
    double down = below < 0 ? CELLS : position - below - 1;
    return Math.max(0, Math.min(up, down));
  }

  /** The first seen cell above, or -1. */
  private static int above(long low, long high, int cell) {
    long rest = cell < 64 ? low >>> cell : high >>> cell;
    if (rest != 0) {
      return cell + Long.numberOfTrailingZeros(rest);
    }
    return cell < 64 && high != 0 ? 64 + Long.numberOfTrailingZeros(high) : -1;
  }

  /** The first seen cell below, or -1. */
  private static int below(long low, long high, int cell) {
    long rest = cell < 64 ? low << (63 - cell) : high << (127 - cell);
    if (rest != 0) {
      return cell - Long.numberOfLeadingZeros(rest);
    }
    return cell >= 64 && low != 0 ? 63 - Long.numberOfLeadingZeros(low) : -1;
  }

  /**
   * Logarithm of the novelty beside the mean of the novelties so far, most of which are 0: what is
   * new says little of a series that is ever new.
   */
  double surprise(int statistic, double novelty) {
    if (novelty == 0) {
      return 0;
    }
    double usual = Math.max(numbers[statistic * NUMBERS + USUAL_NOVELTY], LEAST_USUAL);
    return Math.log(1 + novelty / usual) / LN_10;
  }

  /**
   * Takes in a value as the latest of the past.
   *
   * @param learnt how many values were taken in before
   */
  void learn(int statistic, double position, double novelty, long learnt) {
    int cell = (int) position;
    seen[statistic * WORDS + (cell >> 6)] |= 1L << cell;
    int at = statistic * NUMBERS + USUAL_NOVELTY;
    double share = Math.max(1.0 / (learnt + 2), LEAST_SHARE);
    numbers[at] =
        (float) (numbers[at] + share * (Math.min(GREATEST_LEARNT, novelty) - numbers[at]));
  }
}
