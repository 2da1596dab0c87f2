package io.fieldwatch.model.scorer;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.feature.FeatureNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A logistic regression over the features of a window. Immutable and thread safe; serializable, so
 * it can be broadcast as it is.
 */
public final class Model implements Serializable {
  private static final long serialVersionUID = 1;

  private static final double[] NOTHING_UNUSUAL = new double[FeatureNames.all().size()];

  private final String version;
  private final double threshold;
  private final double intercept;
  private final double clip;
  private final Weight[] weights;
  private final int[] places;
  private final Calibration calibration;
  private final boolean scoresTogether;

  /**
   * Refuses what is no model.
   *
   * @param version the model's name: letters, digits, dots, dashes, underscores, at most 64
   * @param threshold the least probability that is flagged, from 0 to 1
   * @param intercept the logit where every standardised feature is 0
   * @param clip standardised features are limited to ±clip, above 0
   * @param weights at most one for a feature
   */
  public Model(
      String version, double threshold, double intercept, double clip, List<Weight> weights) {
    this(version, threshold, intercept, clip, weights, Calibration.NONE);
  }

  private Model(
      String version,
      double threshold,
      double intercept,
      double clip,
      List<Weight> weights,
      Calibration calibration) {
    requireNonNull(version, "version is null");
    if (!version.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException(
          "Invalid model version: expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "Invalid threshold " + threshold + ": must be from 0 to 1");
    }
    if (!Double.isFinite(intercept)) {
      throw new IllegalArgumentException("Invalid intercept " + intercept + ": must be finite");
    }
    if (!Double.isFinite(clip) || clip <= 0) {
      throw new IllegalArgumentException("Invalid clip " + clip + ": must be above 0");
    }
    this.version = version;
    this.threshold = threshold;
    this.intercept = intercept;
    this.clip = clip;
    this.weights = weights.toArray(new Weight[0]);
    this.places = placesOf(weights);
    this.scoresTogether = weights.stream().anyMatch(w -> w.feature().equals(FeatureNames.TOGETHER));
    this.calibration = requireNonNull(calibration, "calibration is null");
  }

  private static int[] placesOf(List<Weight> weights) {
    Set<String> features = new HashSet<>();
    int[] places = new int[weights.size()];
    for (int i = 0; i < places.length; i++) {
      String feature = weights.get(i).feature();
      if (!features.add(feature)) {
        throw new IllegalArgumentException("Invalid model: two weights for '" + feature + "'");
      }
      places[i] = FeatureNames.indexOf(feature).orElseThrow();
    }
    return places;
  }

  /**
   * How much one thing adds to the logit of a window.
   *
   * @param feature a statistic of the window such as {@code spread}, or a feature that speaks of
   *     all of them
   * @param share above 0 speaks for an anomaly, below 0 against it
   */
  public record Contribution(String feature, double share) {}

  /** The model's name, which every score carries. */
  public String version() {
    return version;
  }

  /** A window with this probability or more is flagged. */
  public double threshold() {
    return threshold;
  }

  /** The logit where every standardised feature is 0. */
  public double intercept() {
    return intercept;
  }

  /** The limit of standardised features. */
  public double clip() {
    return clip;
  }

  /** What each feature adds; features that are not named add nothing. */
  public List<Weight> weights() {
    return List.of(weights);
  }

  /** What makes probabilities of logits. */
  public Calibration calibration() {
    return calibration;
  }

  /** Whether all sensors of a device can be scored together, which older models knew nothing of. */
  public boolean scoresTogether() {
    return scoresTogether;
  }

  /**
   * This model, which scores single series as before, and all sensors of a device together as the
   * other does.
   *
   * @param joint weighs other features, with the same limit
   */
  public Model together(Model joint) {
    List<Weight> all = new ArrayList<>(weights());
    all.addAll(joint.weights());
    // What the weights of one model make of windows of the other kind is the same for all of them.
    double seriesAtRest = logit(NOTHING_UNUSUAL);
    double jointAtRest = joint.logit(NOTHING_UNUSUAL);
    all.add(new Weight(FeatureNames.TOGETHER, 0, 1, jointAtRest - seriesAtRest));
    return new Model(
        version, threshold, intercept + joint.intercept() - jointAtRest, clip, all, calibration);
  }

  /** The same order of windows with other probabilities. */
  public Model calibratedBy(Calibration other) {
    return new Model(version, threshold, intercept, clip, List.of(weights), other);
  }

  /** The same model that flags at another probability, under another name. */
  public Model withThreshold(String newVersion, double newThreshold) {
    return new Model(newVersion, newThreshold, intercept, clip, List.of(weights), calibration);
  }

  /**
   * The probability that the window is anomalous, from 0 to 1, never NaN.
   *
   * @param features as {@link io.fieldwatch.model.feature.SeriesState.Step#features()}
   */
  public double probability(double[] features) {
    return 1 / (1 + Math.exp(-calibration.at(logit(features))));
  }

  /**
   * What the regression says of the window, which {@link #probability} follows from: the logarithm
   * of the odds that it is anomalous, before it is calibrated.
   */
  public double logit(double[] features) {
    requireLength(features);
    double logit = intercept;
    for (int i = 0; i < weights.length; i++) {
      logit += contribution(i, features);
    }
    return logit;
  }

  private double contribution(int i, double[] features) {
    Weight weight = weights[i];
    double standardised = (features[places[i]] - weight.mean()) / weight.scale();
    return weight.coefficient() * Math.max(-clip, Math.min(clip, standardised));
  }

  /**
   * What the probability comes from, the weightiest first, at most {@code top}. What sorted
   * features add is credited to the statistics that hold the ranks. That a window is one of a
   * device, which adds the same to all of them, is no reason.
   */
  public List<Contribution> explain(double[] features, int top) {
    requireLength(features);
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i].feature().equals(FeatureNames.TOGETHER)) {
        continue;
      }
      String name = FeatureNames.statisticBehind(places[i], features).orElse(weights[i].feature());
      shares.merge(name, contribution(i, features) - contribution(i, NOTHING_UNUSUAL), Double::sum);
    }
    return shares.entrySet().stream()
        .map(entry -> new Contribution(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingDouble((Contribution c) -> -Math.abs(c.share()))
                .thenComparing(Contribution::feature))
        .limit(top)
        .toList();
  }

  private static void requireLength(double[] features) {
    if (features.length != FeatureNames.all().size()) {
      throw new IllegalArgumentException(
          "Invalid features: %d numbers, expected %d"
              .formatted(features.length, FeatureNames.all().size()));
    }
  }
}
