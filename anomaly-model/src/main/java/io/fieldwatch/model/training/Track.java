package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Emission;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The probabilities of a normal series' windows, in order. */
final class Track implements Serializable {
  private static final long serialVersionUID = 1;

  /** A flag raises no second alarm for so long: as long as the job's own. */
  private static final int QUIET_WINDOWS = Emission.DEFAULT.quietWindows();

  private final String device;
  private final String sensor;
  private final long windowMillis;
  private final long[] startsMillis;
  private final double[] probabilities;

  /** Takes the arrays over: the windows' starts, ascending, and a probability for each. */
  Track(
      String device,
      String sensor,
      long windowMillis,
      long[] startsMillis,
      double[] probabilities) {
    this.device = device;
    this.sensor = sensor;
    this.windowMillis = windowMillis;
    this.startsMillis = startsMillis;
    this.probabilities = probabilities;
  }

  String device() {
    return device;
  }

  String sensor() {
    return sensor;
  }

  DoubleStream probabilities() {
    return Arrays.stream(probabilities);
  }

  /**
   * How many alarms the series raises at a threshold: as many as {@link Emission#DEFAULT} can raise
   * of these flags. What stays flagged counts again and again, also where it does not become worse:
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
