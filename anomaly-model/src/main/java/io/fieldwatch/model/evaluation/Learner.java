package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.scorer.Model;

/** Makes a model of examples. Called by one thread at a time. */
@FunctionalInterface
public interface Learner {
  /**
   * Learns to tell anomalous stretches from normal ones, of single series and of all sensors of a
   * device together.
   *
   * @param devices maybe none, or too few: then the model scores series only
   * @throws IllegalArgumentException if there are too few of series
   */
  Model learn(Stretches series, Stretches devices);
}
