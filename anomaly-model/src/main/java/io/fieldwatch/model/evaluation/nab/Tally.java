package io.fieldwatch.model.evaluation.nab;

/**
 * What one threshold reached on some files.
 *
 * @param windows how many there are
 * @param hits windows with a detection
 * @param gained what the first detections in windows are worth
 * @param falsePositives rows outside of windows that were detected
 * @param lost what they are worth, 0 or less
 */
public record Tally(int windows, int hits, double gained, int falsePositives, double lost) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        windows + other.windows,
        hits + other.hits,
        gained + other.gained,
        falsePositives + other.falsePositives,
        lost + other.lost);
  }

  /** The score: 0 for detecting nothing, 100 for every window at its first row and nothing else. */
  double score(Profile profile) {
    double raw =
        gained - profile.missCost() * (windows - hits) + profile.falsePositiveCost() * lost;
    double nothing = -profile.missCost() * windows;
    return 100 * (raw - nothing) / (windows - nothing);
  }
}
