package io.fieldwatch.model.feature;

/**
 * How a mean, and a variance around it, follow a series: what was learnt when young fades quickly,
 * and once there is a past to measure by, a single value moves them only so far.
 */
final class Moments {
  private static final double LEAST_SHARE = 1.0 / 4000;

  /**
   * With 1 all values would weigh alike; so, what came early weighs less by the cube of its age.
   */
  private static final double YOUTH = 3;

  private static final int KNOWN_AFTER = 12;
  private static final double GREATEST_WHEN_KNOWN = 20;
  private static final int TRUSTED_AFTER = 100;
  private static final double GREATEST_WHEN_TRUSTED = 5;

  private Moments() {}

  /** The share that the value after so many others has in their mean and variance. */
  static double share(long learnt) {
    return share(learnt, LEAST_SHARE);
  }

  /** The share that the value after so many others has, where a mean forgets faster. */
  static double share(long learnt, double least) {
    return Math.max(YOUTH / ((double) learnt + YOUTH), least);
  }

  /** How many times the usual deviation a value may move what was learnt; infinite when young. */
  static double limit(long learnt) {
    return learnt < KNOWN_AFTER
        ? Double.POSITIVE_INFINITY
        : learnt < TRUSTED_AFTER ? GREATEST_WHEN_KNOWN : GREATEST_WHEN_TRUSTED;
  }

  /** What a distance from the mean counts as, that is no further than the limit allows. */
  static double limited(double distance, double variance, long learnt) {
    double limit = limit(learnt);
    // A variance of 0 is a constant past; limiting by it would keep the series constant for ever.
    return variance > 0 && distance * distance > limit * limit * variance
        ? Math.copySign(limit * Math.sqrt(variance), distance)
        : distance;
  }
}
