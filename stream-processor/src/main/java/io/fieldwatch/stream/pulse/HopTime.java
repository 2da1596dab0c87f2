package io.fieldwatch.stream.pulse;

import java.io.Serializable;

/**
 * How long one hop took, over some passages.
 *
 * @param sumMillis of all passages; {@link Long#MAX_VALUE} stands for more than a long can hold,
 *     which a catch-up with readings of years ago comes to
 */
public record HopTime(long passages, long sumMillis, long maxMillis) implements Serializable {
  public static final HopTime NONE = new HopTime(0, 0, 0);

  public HopTime {
    if (passages < 0 || sumMillis < 0 || maxMillis < 0) {
      throw new IllegalArgumentException("Invalid hop time: negative");
    }
  }

  HopTime plus(HopTime other) {
    return new HopTime(
        passages + other.passages,
        saturated(sumMillis + other.sumMillis),
        Math.max(maxMillis, other.maxMillis));
  }

  /**
   * @param sum of two numbers that were not negative: it is, where they came to too much
   */
  private static long saturated(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** 0 where there was no passage. */
  public double meanMillis() {
    return passages == 0 ? 0 : (double) sumMillis / passages;
  }
}
