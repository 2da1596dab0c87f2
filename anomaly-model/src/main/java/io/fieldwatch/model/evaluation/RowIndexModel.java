package io.fieldwatch.model.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression on the number of the row and nothing else, fitted to the other devices.
 * Where it does well, the data give their anomalies away by where they stand, and a good figure of
 * any other model means little.
 */
final class RowIndexModel {
  private static final int STEPS = 30;
  private static final double PENALTY = 1e-3;

  private double intercept;
  private double slope;
  private final double scale;

  private RowIndexModel(double scale) {
    this.scale = scale;
  }

  /** The devices with the probabilities of this model, each fitted to the others. */
  static List<Judged> of(List<Judged> devices) {
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      List<Judged> others = new ArrayList<>(devices);
      others.remove(i);
      judged.add(fit(others.isEmpty() ? devices : others).judge(devices.get(i)));
    }
    return judged;
  }

  private static RowIndexModel fit(List<Judged> devices) {
    double longest = devices.stream().mapToDouble(d -> d.probabilities().length).max().orElse(1);
    RowIndexModel model = new RowIndexModel(Math.max(1, longest));
    for (int step = 0; step < STEPS; step++) {
      model.improve(devices);
    }
    return model;
  }

  /** One step of Newton's method. */
  private void improve(List<Judged> devices) {
    double g0 = 0;
    double g1 = -PENALTY * slope;
    double h00 = PENALTY;
    double h01 = 0;
    double h11 = PENALTY;
    for (Judged device : devices) {
      for (int row = device.from(); row < device.probabilities().length; row++) {
        if (device.counts(row)) {
          double x = row / scale;
          double p = probability(row);
          double error = (device.anomalous(row) ? 1 : 0) - p;
          double weight = p * (1 - p);
          g0 += error;
          g1 += error * x;
          h00 += weight;
          h01 += weight * x;
          h11 += weight * x * x;
        }
      }
    }
    double determinant = h00 * h11 - h01 * h01;
    intercept = bounded(intercept + (h11 * g0 - h01 * g1) / determinant);
    slope = bounded(slope + (h00 * g1 - h01 * g0) / determinant);
  }

  /** Without anomalies, or with nothing else, there is no best fit. */
  private static double bounded(double coefficient) {
    return Math.max(-30, Math.min(30, coefficient));
  }

  private double probability(int row) {
    return 1 / (1 + Math.exp(-(intercept + slope * row / scale)));
  }

  private Judged judge(Judged device) {
    double[] probabilities = new double[device.probabilities().length];
    for (int row = 0; row < probabilities.length; row++) {
      probabilities[row] = probability(row);
    }
    return device.by(probabilities);
  }
}
