package io.fieldwatch.model.training;

import io.fieldwatch.model.feature.FeatureNames;
import java.io.Serializable;

/**
 * One example to learn from: a fault, or a stretch of normal windows, represented by the window
 * among them that looked most anomalous. That is what an alarm is raised on, and so what the model
 * must get right.
 *
 * @param series and {@code startMillis}, {@code label} name the example
 * @param label 1 for a fault, 0 for a normal stretch
 * @param probability of the window, by the model that chose it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
record Bag(String series, long startMillis, double label, double probability, double[] features)
    implements Serializable {
  /** Whether the window is one of all sensors of a device together. */
  boolean isOfDevice() {
    return FeatureNames.areOfDevice(features);
  }
}
