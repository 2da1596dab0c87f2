package io.fieldwatch.stream.pulse;

import java.io.Serializable;

/** How long one hop took, over some passages. */
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
        sumMillis + other.sumMillis,
        Math.max(maxMillis, other.maxMillis));
  }

  /** 0 where there was no passage. */
  public double meanMillis() {
    return passages == 0 ? 0 : (double) sumMillis / passages;
  }
}
