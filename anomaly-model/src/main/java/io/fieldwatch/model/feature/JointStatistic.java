package io.fieldwatch.model.feature;

import io.fieldwatch.model.feature.FeatureVector.View;
import java.util.Locale;

/**
 * The numbers taken of all sensors of a device together, each once of a single instant and once of
 * the last some instants, where what is small but lasts stands out (a multivariate moving mean, as
 * of Lowry and others, Technometrics 34, 1992). The order is part of the state's binary form.
 */
enum JointStatistic {
  /** Hotelling's T² within the principal components. */
  T_SQUARED("how far the sensors are from usual together"),
  /** Q, the squared distance from the principal components (Jackson and Mudholkar, 1979). */
  Q("how badly the sensors fit together"),
  /** The greatest residual of a sensor beside what the others say. */
  RESIDUAL("the sensor that fits the others least"),
  /** The second greatest. */
  RESIDUAL_2("the sensor that fits the others second least"),
  /** {@link #T_SQUARED} of the moving mean. */
  T_SQUARED_12("how far the sensors are from usual together over 12 windows"),
  /** {@link #Q} of the moving mean. */
  Q_12("how badly the sensors fit together over 12 windows"),
  /** {@link #RESIDUAL} of the moving mean. */
  RESIDUAL_12("the sensor that fits the others least over 12 windows"),
  /** {@link #RESIDUAL_2} of the moving mean. */
  RESIDUAL_2_12("the sensor that fits the others second least over 12 windows");

  private static final JointStatistic[] ALL = values();
  static final int COUNT = ALL.length;

  /** So many are of a single instant; those of the moving mean follow in the same order. */
  static final int OF_AN_INSTANT = T_SQUARED_12.ordinal();

  /** So many of them are told in each view sorted. */
  static final int RANKS = 3;

  /** How many features are made of them: each in each view, sorted, their mean, and a sign. */
  static final int FEATURES = View.COUNT * (COUNT + RANKS + 1) + 1;

  private final String words;

  JointStatistic(String words) {
    this.words = words;
  }

  /** The statistic at the place in the order. */
  static JointStatistic at(int ordinal) {
    return ALL[ordinal];
  }

  /** What the number is, for people. */
  String words() {
    return words;
  }

  /** The name in feature names and explanations. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
