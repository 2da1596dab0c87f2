package io.fieldwatch.model.feature;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The numbers taken of every window before they are compared with the series' own past. The order
 * is part of the state's binary form.
 */
enum Statistic {
  /** Mean of the window. */
  LEVEL(0),
  /** Mean less the mean of the window before. */
  CHANGE(1),
  /** Mean of the last 4 windows. */
  LEVEL_4(3),
  /** Mean of the last 12 windows. */
  LEVEL_12(11),
  /** Greatest value. */
  HIGHEST(0),
  /** Least value. */
  LOWEST(0),
  /** Greatest value less the mean of the 4 windows before. */
  RISE(4),
  /** Mean of the 4 windows before less the least value. */
  FALL(4),
  /** Greatest less least value. */
  REACH(0),
  /** Logarithm of the deviation within the window, beside the usual noise. */
  SPREAD(1),
  /** Logarithm of the deviation of the last 12 windows' means, beside the usual noise. */
  SPREAD_12(11),
  /** Logarithm of greatest less least value, beside the usual noise. */
  RANGE(1),
  /** Last value less first value. */
  TREND(0),
  /** Mean of the last 4 windows less the mean of the 8 before them. */
  JUMP(11),
  /** A fast moving mean less a slow one. */
  DRIFT(11),
  /** Logarithm of how many readings have repeated one value, beside the longest such run. */
  FLAT(1),
  /** Logarithm of the readings in the window beside those expected. */
  MISSING(2),
  /** Logarithm of the windows without any reading before this one. */
  GAP(1);

  static final int COUNT = values().length;

  private final int needs;

  Statistic(int needs) {
    this.needs = needs;
  }

  /** How many windows must have gone before for this number to mean anything. */
  int needs() {
    return needs;
  }

  /**
   * The least deviation of interest where that can be said beforehand, which is where the number is
   * a logarithm: one reading less, one window missed or one value repeated is no event, even if it
   * has never happened before.
   */
  OptionalDouble granularity() {
    return switch (this) {
      case SPREAD, SPREAD_12, RANGE -> OptionalDouble.of(0.05);
      case MISSING -> OptionalDouble.of(0.1);
      case GAP -> OptionalDouble.of(0.35);
      case FLAT -> OptionalDouble.of(0.5);
      default -> OptionalDouble.empty();
    };
  }

  /** The name in feature names and explanations. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
