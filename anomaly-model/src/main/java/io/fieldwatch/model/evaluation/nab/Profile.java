package io.fieldwatch.model.evaluation.nab;

/** What false alarms and missed windows cost; a window found at its first row brings 1. */
public enum Profile {
  STANDARD("standard", 0.11, 1),
  LOW_FALSE_POSITIVES("lowFP", 0.22, 1),
  LOW_FALSE_NEGATIVES("lowFN", 0.11, 2);

  private final String label;
  private final double falsePositiveCost;
  private final double missCost;

  Profile(String label, double falsePositiveCost, double missCost) {
    this.label = label;
    this.falsePositiveCost = falsePositiveCost;
    this.missCost = missCost;
  }

  /** The name in figures. */
  public String label() {
    return label;
  }

  /** Of a row far from every window. */
  double falsePositiveCost() {
    return falsePositiveCost;
  }

  /** Of a window without any detection. */
  double missCost() {
    return missCost;
  }
}
