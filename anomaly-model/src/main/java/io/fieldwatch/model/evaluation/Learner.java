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
   * @param anomalous for each event the features of the windows of all sensors of its device; and
   *     for each fault that was put beside the events those of its windows
   * @param normal for each stretch of a sensor the features of its windows
   * @throws IllegalArgumentException if there is too little of either
   */
  Model learn(List<double[][]> anomalous, List<double[][]> normal);
}
