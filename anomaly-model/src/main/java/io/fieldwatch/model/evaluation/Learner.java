package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.scorer.Model;
import java.util.List;

/** Makes a model of examples. Called by one thread at a time. */
@FunctionalInterface
public interface Learner {
  /**
   * Learns to tell anomalous stretches from normal ones. Of a stretch at least one window is what
   * its label says.
   *
   * @param anomalous for each stretch the features of its windows
   * @param normal likewise
   * @throws IllegalArgumentException if there is too little of either
   */
  Model learn(List<double[][]> anomalous, List<double[][]> normal);
}
