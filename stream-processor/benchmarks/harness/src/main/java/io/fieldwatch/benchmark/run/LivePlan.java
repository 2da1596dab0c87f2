package io.fieldwatch.benchmark.run;

import java.time.Duration;

/**
 * A run at a steady load: some time to warm up, some in which latency is measured, then the system
 * is killed and started again at once, and is watched until it has caught up.
 *
 * @param readingsPerSecond that are sent, whether the system keeps up or not
 * @param standby whether a second process of the system stands by, which it must know how to do
 */
record LivePlan(
    double readingsPerSecond,
    boolean standby,
    Duration warmUp,
    Duration measured,
    Duration afterKill) {
  LivePlan {
    if (readingsPerSecond <= 0) {
      throw new IllegalArgumentException("Invalid load of " + readingsPerSecond + " readings/s");
    }
  }

  Duration untilKill() {
    return warmUp.plus(measured);
  }

  Duration whole() {
    return untilKill().plus(afterKill);
  }
}
