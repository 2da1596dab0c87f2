package io.fieldwatch.model.evaluation;

import java.util.List;

/**
 * What a model is to tell apart: stretches of windows, each with the features of its windows, of
 * which at least one is what its label says.
 *
 * @param anomalous for each event the windows of all sensors of its device, or those of the device;
 *     and for each fault that was put beside the events its windows
 * @param normal of a sensor each, or of a device
 */
public record Stretches(List<double[][]> anomalous, List<double[][]> normal) {
  public Stretches {
    anomalous = List.copyOf(anomalous);
    normal = List.copyOf(normal);
  }

  /** Whether there are so many of both kinds. */
  public boolean areEach(int least) {
    return anomalous.size() >= least && normal.size() >= least;
  }
}
