package io.fieldwatch.model.scorer;

import java.io.Serializable;
import java.util.List;

/**
 * A rising line through knots: from the logit of a model to that of a probability that comes true
 * as often as it says. Before the first knot and behind the last it rises as the logit does.
 *
 * <p>Rising means that it never changes which of two windows is the more anomalous. Immutable.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1;

  /** Leaves logits as they are. */
  public static final Calibration NONE = new Calibration(List.of());

  private final double[] logits;
  private final double[] calibrated;

  /**
   * What a logit becomes.
   *
   * @param logit of the model
   * @param calibrated the logit of the probability
   */
  public record Knot(double logit, double calibrated) {
    public Knot {
      if (!Double.isFinite(logit) || !Double.isFinite(calibrated)) {
        throw new IllegalArgumentException(
            "Invalid calibration: logit %s becomes %s, both must be finite"
                .formatted(logit, calibrated));
      }
    }
  }

  /**
   * Refuses what does not rise.
   *
   * @param knots ascending in both numbers; without any, logits stay as they are
   */
  public Calibration(List<Knot> knots) {
    for (int i = 1; i < knots.size(); i++) {
      requireRise(knots.get(i - 1), knots.get(i));
    }
    this.logits = knots.stream().mapToDouble(Knot::logit).toArray();
    this.calibrated = knots.stream().mapToDouble(Knot::calibrated).toArray();
  }

  private static void requireRise(Knot from, Knot to) {
    if (from.logit() >= to.logit() || from.calibrated() >= to.calibrated()) {
      throw new IllegalArgumentException(
          "Invalid calibration: %s to %s does not rise".formatted(from, to));
    }
  }

  /** The knots, ascending. */
  public List<Knot> knots() {
    Knot[] knots = new Knot[logits.length];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = new Knot(logits[i], calibrated[i]);
    }
    return List.of(knots);
  }

  /** The calibrated logit; finite for a finite one. */
  double at(double logit) {
    int last = logits.length - 1;
    if (last < 0) {
      return logit;
    }
    if (logit <= logits[0]) {
      return calibrated[0] + (logit - logits[0]);
    }
    if (logit >= logits[last]) {
      return calibrated[last] + (logit - logits[last]);
    }
    int right = 1;
    while (logits[right] < logit) {
      right++;
    }
    int left = right - 1;
    double share = (logit - logits[left]) / (logits[right] - logits[left]);
    double between = calibrated[left] + share * (calibrated[right] - calibrated[left]);
    // Rounding must not lift it above the knot.
    return Math.min(calibrated[right], between);
  }
}
