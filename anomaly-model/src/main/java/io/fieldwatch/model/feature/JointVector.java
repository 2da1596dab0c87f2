package io.fieldwatch.model.feature;

import io.fieldwatch.model.feature.FeatureVector.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of the feature vector that speaks of all sensors of a device together. It stands behind
 * the features of a single series, which are 0 where these are not, and the other way round.
 */
final class JointVector {
  private static final int RANKS = JointStatistic.RANKS;

  private static final int FIRST = FeatureVector.SERIES_LENGTH;
  private static final int RANKED = FIRST + View.COUNT * JointStatistic.COUNT;
  private static final int TOGETHER = RANKED + View.COUNT * RANKS;
  private static final int PRESENCE = TOGETHER + View.COUNT;

  private final double[] features = new double[FeatureVector.LENGTH];

  /** The names of these features, in order. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (View view : View.values()) {
      for (int i = 0; i < JointStatistic.COUNT; i++) {
        names.add(JointStatistic.at(i).label() + '.' + view.label());
      }
    }
    for (View view : View.values()) {
      for (int rank = 1; rank <= RANKS; rank++) {
        names.add("joint." + view.label() + '.' + rank);
      }
    }
    for (View view : View.values()) {
      names.add("together." + view.label());
    }
    names.add(FeatureNames.TOGETHER);
    return names;
  }

  void put(View view, int statistic, double number) {
    features[FIRST + view.ordinal() * JointStatistic.COUNT + statistic] = number;
  }

  /** Fills in everything that follows from the single statistics. */
  void rank() {
    for (int view = 0; view < View.COUNT; view++) {
      int from = FIRST + view * JointStatistic.COUNT;
      double sum = 0;
      for (int i = 0; i < JointStatistic.COUNT; i++) {
        sum += features[from + i];
        FeatureVector.putRanked(features, features[from + i], RANKED + view * RANKS, RANKS);
      }
      features[TOGETHER + view] = sum / JointStatistic.COUNT;
    }
    features[PRESENCE] = 1;
  }

  /** All features by the share, from 0 while a device is too young to judge to 1. */
  double[] weighted(double share) {
    for (int i = FIRST; share != 1 && i < features.length; i++) {
      features[i] *= share;
    }
    return features;
  }

  /** As {@link FeatureVector#statisticBehind}, of a feature of this part. */
  static Optional<String> statisticBehind(int feature, double[] features) {
    if (feature < RANKED) {
      return Optional.of(JointStatistic.at((feature - FIRST) % JointStatistic.COUNT).label());
    }
    if (feature < TOGETHER) {
      int place = feature - RANKED;
      return Optional.of(holder(place / RANKS, place % RANKS, features).label());
    }
    return Optional.empty();
  }

  /** The statistic that holds a rank, from 0, in a view; of equal ones the first goes first. */
  private static JointStatistic holder(int view, int rank, double[] features) {
    int from = FIRST + view * JointStatistic.COUNT;
    boolean[] taken = new boolean[JointStatistic.COUNT];
    int greatest = 0;
    for (int i = 0; i <= rank; i++) {
      greatest = -1;
      for (int j = 0; j < JointStatistic.COUNT; j++) {
        if (!taken[j] && (greatest < 0 || features[from + j] > features[from + greatest])) {
          greatest = j;
        }
      }
      taken[greatest] = true;
    }
    return JointStatistic.at(greatest);
  }
}
