package io.fieldwatch.model.scorer;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.feature.FeatureNames;
import java.io.Serializable;

/**
 * What one feature adds to the logit: {@code coefficient × clip((value − mean) / scale)}.
 *
 * @param feature one of {@link FeatureNames#all()}
 * @param scale above 0
 */
public record Weight(String feature, double mean, double scale, double coefficient)
    implements Serializable {
  public Weight {
    requireNonNull(feature, "feature is null");
    if (FeatureNames.indexOf(feature).isEmpty()) {
      throw new IllegalArgumentException("Invalid weight: there is no feature '" + feature + "'");
    }
    if (!Double.isFinite(mean) || !Double.isFinite(coefficient)) {
      throw new IllegalArgumentException(
          "Invalid weight of '" + feature + "': mean and coefficient must be finite");
    }
    if (!Double.isFinite(scale) || scale <= 0) {
      throw new IllegalArgumentException(
          "Invalid weight of '%s': scale is %s, must be above 0".formatted(feature, scale));
    }
  }
}
