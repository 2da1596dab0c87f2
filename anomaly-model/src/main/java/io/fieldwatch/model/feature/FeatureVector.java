package io.fieldwatch.model.feature;

import java.util.Arrays;
import java.util.Optional;

/** Builds the feature vector from what the {@link Normaliser} says of each statistic. */
final class FeatureVector {
  static final int RANKS = 4;

  private static final int VIEWS = 3;
  private static final int SURPRISE = 0;
  private static final int TAIL = 1;
  private static final int RECORD = 2;
  private static final int RANKED = VIEWS * Statistic.COUNT;
  private static final int ALL_SURPRISE = RANKED + VIEWS * RANKS;
  private static final int ALL_TAIL = ALL_SURPRISE + 1;
  private static final int LASTING_SHORT = ALL_TAIL + 1;
  private static final int LASTING_LONG = LASTING_SHORT + 1;
  static final int LENGTH = LASTING_LONG + 1;

  private final double[] features = new double[LENGTH];

  void put(Statistic statistic, double surprise, double tail, double record) {
    features[SURPRISE * Statistic.COUNT + statistic.ordinal()] = surprise;
    features[TAIL * Statistic.COUNT + statistic.ordinal()] = tail;
    features[RECORD * Statistic.COUNT + statistic.ordinal()] = record;
  }

  /** Fills in everything that follows from the single statistics. */
  void rank() {
    double[] sorted = new double[Statistic.COUNT];
    for (int view = 0; view < VIEWS; view++) {
      System.arraycopy(features, view * Statistic.COUNT, sorted, 0, Statistic.COUNT);
      Arrays.sort(sorted);
      for (int rank = 0; rank < RANKS; rank++) {
        features[RANKED + view * RANKS + rank] = sorted[Statistic.COUNT - 1 - rank];
      }
    }
    double surprise = 0;
    double tail = 0;
    for (int i = 0; i < Statistic.COUNT; i++) {
      surprise += features[SURPRISE * Statistic.COUNT + i];
      double t = features[TAIL * Statistic.COUNT + i];
      tail += t * t * t * t;
    }
    features[ALL_SURPRISE] = surprise / Statistic.COUNT;
    features[ALL_TAIL] = tail / Statistic.COUNT;
  }

  /** One number for how unusual the window is, needing no training. */
  double evidence() {
    return features[RANKED + SURPRISE * RANKS + 1] + 3 * features[RANKED + TAIL * RANKS + 1];
  }

  void lasting(double shortly, double longer) {
    features[LASTING_SHORT] = shortly;
    features[LASTING_LONG] = longer;
  }

  /** All features by the share, from 0 while a series is too young to judge to 1. */
  double[] weighted(double share) {
    double[] weighted = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      weighted[i] = share * features[i];
    }
    return weighted;
  }

  static Optional<Statistic> statisticBehind(int feature, double[] features) {
    if (feature < RANKED) {
      return Optional.of(Statistic.values()[feature % Statistic.COUNT]);
    }
    if (feature >= ALL_SURPRISE) {
      return Optional.empty();
    }
    int view = (feature - RANKED) / RANKS;
    int rank = (feature - RANKED) % RANKS;
    return Optional.of(holder(view * Statistic.COUNT, rank, features));
  }

  /** The statistic with the rank among those of one view; of equal ones the first goes first. */
  private static Statistic holder(int from, int rank, double[] features) {
    boolean[] taken = new boolean[Statistic.COUNT];
    int greatest = 0;
    for (int i = 0; i <= rank; i++) {
      greatest = -1;
      for (int j = 0; j < Statistic.COUNT; j++) {
        if (!taken[j] && (greatest < 0 || features[from + j] > features[from + greatest])) {
          greatest = j;
        }
      }
      taken[greatest] = true;
    }
    return Statistic.values()[greatest];
  }
}
