package io.fieldwatch.model.training;

import java.io.Serializable;

/**
 * The probabilities of a normal series' windows, in order.
 *
 * @param startsMillis of the windows
 */
record Track(
    String device, String sensor, long windowMillis, long[] startsMillis, double[] probabilities)
    implements Serializable {
  /** A flag raises no second alarm for so long. */
  private static final int QUIET_WINDOWS = 30;

  /**
   * How many alarms the series raises at a threshold. What stays flagged is raised again and again:
   * otherwise one endless alarm would count as good behaviour.
   */
  int alarms(double threshold) {
    int alarms = 0;
    long quietUntil = Long.MIN_VALUE;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] >= threshold && startsMillis[i] >= quietUntil) {
        alarms++;
        quietUntil = startsMillis[i] + QUIET_WINDOWS * windowMillis;
      }
    }
    return alarms;
  }

  double days() {
    return probabilities.length * (double) windowMillis / 86_400_000;
  }
}
