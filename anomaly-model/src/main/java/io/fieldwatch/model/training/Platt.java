package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import java.util.List;

/**
 * Makes probabilities mean what they say, on examples a model has not learnt from: fits a logistic
 * curve over its logits (Platt 1999), by Newton's method with steps that never make it worse.
 */
final class Platt {
  private static final int STEPS = 50;
  private static final int HALVINGS = 30;

  /** Draws towards slope 1 and offset 0, and keeps separable examples finite. */
  private static final double PENALTY = 1e-3;

  private final double[] logits;
  private final double[] labels;

  private Platt(double[] logits, double[] labels) {
    this.logits = logits;
    this.labels = labels;
  }

  /** A curve over logits. */
  private record Curve(double slope, double offset) {
    double at(double logit) {
      return slope * logit + offset;
    }
  }

  /** The model with calibrated probabilities; as it is where the examples say too little. */
  static Model calibrated(Model model, List<Bag> examples) {
    double faults = examples.stream().mapToDouble(Bag::label).sum();
    if (faults < Trainer.LEAST_EXAMPLES || examples.size() - faults < Trainer.LEAST_EXAMPLES) {
      return model;
    }
    Platt platt =
        new Platt(
            examples.stream().mapToDouble(b -> model.logit(b.features())).toArray(),
            examples.stream().mapToDouble(Bag::label).toArray());
    Curve curve = new Curve(1, 0);
    for (int step = 0; step < STEPS; step++) {
      curve = platt.better(curve);
    }
    return curve.slope() > 0 ? model.recalibrated(curve.slope(), curve.offset()) : model;
  }

  private Curve better(Curve curve) {
    double g0 = PENALTY * (curve.slope() - 1);
    double g1 = PENALTY * curve.offset();
    double h00 = PENALTY;
    double h01 = 0;
    double h11 = PENALTY;
    for (int i = 0; i < logits.length; i++) {
      double p = 1 / (1 + Math.exp(-curve.at(logits[i])));
      double error = (p - labels[i]) / logits.length;
      double curvature = p * (1 - p) / logits.length;
      g0 += error * logits[i];
      g1 += error;
      h00 += curvature * logits[i] * logits[i];
      h01 += curvature * logits[i];
      h11 += curvature;
    }
    double determinant = h00 * h11 - h01 * h01;
    double slopeStep = (h11 * g0 - h01 * g1) / determinant;
    double offsetStep = (h00 * g1 - h01 * g0) / determinant;
    double loss = loss(curve);
    for (int halving = 0; halving < HALVINGS; halving++) {
      Curve next = new Curve(curve.slope() - slopeStep, curve.offset() - offsetStep);
      if (loss(next) <= loss) {
        return next;
      }
      slopeStep /= 2;
      offsetStep /= 2;
    }
    return curve;
  }

  private double loss(Curve curve) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double logit = curve.at(logits[i]);
      // log(1 + e^logit) without overflow
      sum += Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[i] * logit;
    }
    double fromSlope = curve.slope() - 1;
    return sum / logits.length
        + PENALTY / 2 * (fromSlope * fromSlope + curve.offset() * curve.offset());
  }
}
