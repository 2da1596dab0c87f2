package io.fieldwatch.model.feature;

import io.fieldwatch.model.feature.Statistic.Aspect;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Builds the feature vector from what is known of each statistic. */
final class FeatureVector {
  static final int RANKS = 6;

  /** In which way a statistic is unusual. */
  enum View {
    /** How far from all values that were ever seen. */
    NOVELTY,
    /** How far beyond the usual exceedances. */
    SURPRISE,
    /** How rare. */
    TAIL,
    /** By how much a record. */
    RECORD;

    static final int COUNT = values().length;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int RANKED = View.COUNT * Statistic.COUNT;
  static final int ALL = RANKED + View.COUNT * RANKS;
  static final int LASTING_SHORT = ALL + View.COUNT;
  static final int LASTING_LONG = LASTING_SHORT + 1;
  private static final int FOREMOST = LASTING_LONG + 1;
  private static final int EVERY = FOREMOST + View.COUNT * RANKS;

  /**
   * So many features speak of a single series; behind them stand those of a {@link JointVector}.
   */
  static final int SERIES_LENGTH = EVERY + View.COUNT;

  static final int LENGTH = SERIES_LENGTH + JointStatistic.FEATURES;

  /** The aspect of each statistic, by their places in the order. */
  private static final int[] ASPECTS =
      Arrays.stream(Statistic.values()).mapToInt(s -> s.aspect().ordinal()).toArray();

  private final double[] features = new double[LENGTH];

  void put(View view, int statistic, double number) {
    features[view.ordinal() * Statistic.COUNT + statistic] = number;
  }

  /** Statistics that came in later speak by the share, before anything is ranked. */
  void weighNewcomers(double share) {
    for (int view = 0; view < View.COUNT; view++) {
      for (int i = Statistic.FOUNDING; i < Statistic.COUNT; i++) {
        features[view * Statistic.COUNT + i] *= share;
      }
    }
  }

  /** Fills in everything that follows from the single statistics. */
  void rank() {
    double[] aspects = new double[Aspect.COUNT];
    for (int view = 0; view < View.COUNT; view++) {
      Arrays.fill(aspects, 0);
      for (int i = 0; i < Statistic.COUNT; i++) {
        int aspect = ASPECTS[i];
        aspects[aspect] = Math.max(aspects[aspect], features[view * Statistic.COUNT + i]);
      }
      features[ALL + view] = meanOf(aspects, Aspect.FOUNDING, view);
      features[EVERY + view] = meanOf(aspects, Aspect.COUNT, view);
      int strongest = RANKED + view * RANKS;
      int foremost = FOREMOST + view * RANKS;
      putRanks(aspects, 0, Aspect.FOUNDING, strongest);
      System.arraycopy(features, strongest, features, foremost, RANKS);
      putRanks(aspects, Aspect.FOUNDING, Aspect.COUNT, foremost);
    }
  }

  private static double meanOf(double[] aspects, int count, int view) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double number = aspects[i];
      sum += view == View.TAIL.ordinal() ? number * number * number * number : number;
    }
    return sum / count;
  }

  /** Puts numbers of 0 or more among those ranked so far. */
  private void putRanks(double[] numbers, int from, int to, int at) {
    for (int i = from; i < to; i++) {
      putRanked(features, numbers[i], at, RANKS);
    }
  }

  /** Puts a number among so many that are ranked so far. Most come in nowhere. */
  static void putRanked(double[] features, double number, int at, int ranks) {
    int place = at + ranks - 1;
    if (number > features[place]) {
      for (; place > at && features[place - 1] < number; place--) {
        features[place] = features[place - 1];
      }
      features[place] = number;
    }
  }

  private double strongest(View view, int rank) {
    return features[RANKED + view.ordinal() * RANKS + rank - 1];
  }

  /** One number for how unusual the window is, needing no training. */
  double evidence() {
    return strongest(View.NOVELTY, 1)
        + strongest(View.NOVELTY, 2)
        + strongest(View.NOVELTY, 3)
        + strongest(View.SURPRISE, 2)
        + strongest(View.TAIL, 2);
  }

  void lasting(double shortly, double longer) {
    features[LASTING_SHORT] = shortly;
    features[LASTING_LONG] = longer;
  }

  /** All features by the share, from 0 while a series is too young to judge to 1. */
  double[] weighted(double share) {
    if (share == 1) {
      return features;
    }
    for (int i = 0; i < SERIES_LENGTH; i++) {
      features[i] *= share;
    }
    return features;
  }

  /** The label of the statistic that a feature speaks of; empty for those that speak of all. */
  static Optional<String> statisticBehind(int feature, double[] features) {
    if (feature < RANKED) {
      return Optional.of(Statistic.at(feature % Statistic.COUNT).label());
    }
    if (feature < ALL) {
      return Optional.of(holder(feature - RANKED, Statistic.FOUNDING, features).label());
    }
    if (feature >= FOREMOST && feature < EVERY) {
      return Optional.of(holder(feature - FOREMOST, Statistic.COUNT, features).label());
    }
    return feature < SERIES_LENGTH
        ? Optional.empty()
        : JointVector.statisticBehind(feature, features);
  }

  /**
   * The statistic that holds a rank among the first {@code statistics}; of equal ones the first
   * goes first.
   *
   * @param place of the rank among those of all views
   */
  private static Statistic holder(int place, int statistics, double[] features) {
    int from = place / RANKS * Statistic.COUNT;
    int rank = place % RANKS;
    boolean[] taken = new boolean[Aspect.COUNT];
    int greatest = 0;
    for (int i = 0; i <= rank; i++) {
      greatest = -1;
      for (int j = 0; j < statistics; j++) {
        if (!taken[Statistic.at(j).aspect().ordinal()]
            && (greatest < 0 || features[from + j] > features[from + greatest])) {
          greatest = j;
        }
      }
      taken[Statistic.at(greatest).aspect().ordinal()] = true;
    }
    return Statistic.at(greatest);
  }
}
