package io.fieldwatch.model.feature;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The numbers taken of every window before they are compared with the series' own past. The order
 * is part of the state's binary form.
 */
enum Statistic {
  /** Mean of the window. */
  LEVEL(Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Greatest value. */
  HIGHEST(Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Least value. */
  LOWEST(Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Mean less the mean of the window before. */
  CHANGE(Aspect.CHANGE, Origin.NONE, 1),
  /** Greatest value less the mean of the 4 windows before. */
  RISE(Aspect.CHANGE, Origin.NONE, 4),
  /** Mean of the 4 windows before less the least value. */
  FALL(Aspect.CHANGE, Origin.NONE, 4),
  /** Logarithm of the deviation within the window, beside the usual noise. */
  SPREAD(Aspect.INSIDE, Origin.NONE, 1),
  /** Logarithm of greatest less least value, beside the usual noise. */
  RANGE(Aspect.INSIDE, Origin.NONE, 1),
  /** Last value less first value. */
  TREND(Aspect.INSIDE, Origin.NONE, 0),
  /** Mean of the last 4 windows. */
  LEVEL_4(Aspect.LEVEL_4, Origin.OF_THE_SERIES, 3),
  /** Mean of the last 12 windows. */
  LEVEL_12(Aspect.LEVEL_12, Origin.OF_THE_SERIES, 11),
  /** Mean of the last 48 windows. */
  LEVEL_48(Aspect.LEVEL_48, Origin.OF_THE_SERIES, 47),
  /** Logarithm of the deviation of the last 12 windows' means, beside the usual noise. */
  SPREAD_12(Aspect.SPREAD_12, Origin.NONE, 11),
  /** Logarithm of the deviation of the last 48 windows' means, beside the usual noise. */
  SPREAD_48(Aspect.SPREAD_48, Origin.NONE, 47),
  /** Logarithm of the mean step between the last 12 windows' means, beside the usual noise. */
  ROUGHNESS(Aspect.ROUGHNESS, Origin.NONE, 12),
  /** Mean of the last 4 windows less the mean of the 4 before them. */
  JUMP_4(Aspect.JUMP_4, Origin.NONE, 7),
  /** Mean of the last 12 windows less the mean of the 12 before them. */
  JUMP_12(Aspect.JUMP_12, Origin.NONE, 23),
  /** Mean less what is usual at this time of the day. */
  SEASON(Aspect.SEASON, Origin.NONE, 1),
  /** Mean of the last 12 windows less what is usual at their time of the day. */
  SEASON_12(Aspect.SEASON_12, Origin.NONE, 12),
  /** A fast moving mean less a slow one. */
  DRIFT(Aspect.DRIFT, Origin.NONE, 11),
  /** Logarithm of how many readings have repeated one value, beside the longest such run. */
  FLAT(Aspect.FLAT, Origin.NONE, 1),
  /** Logarithm of the readings in the window beside those expected. */
  MISSING(Aspect.MISSING, Origin.NONE, 2),
  /** Logarithm of the windows without any reading before this one. */
  GAP(Aspect.GAP, Origin.NONE, 1);

  /**
   * What statistics speak of. Those of one aspect are equal where a window holds one reading, so
   * they count once when the features are sorted.
   */
  enum Aspect {
    VALUE,
    CHANGE,
    INSIDE,
    LEVEL_4,
    LEVEL_12,
    LEVEL_48,
    SPREAD_12,
    SPREAD_48,
    ROUGHNESS,
    JUMP_4,
    JUMP_12,
    SEASON,
    SEASON_12,
    DRIFT,
    FLAT,
    MISSING,
    GAP;

    static final int COUNT = values().length;
  }

  /** Whether a number moves when all values of the series do. */
  private enum Origin {
    OF_THE_SERIES,
    NONE
  }

  private static final Statistic[] ALL = values();
  static final int COUNT = ALL.length;

  private final Aspect aspect;
  private final Origin origin;
  private final int needs;

  Statistic(Aspect aspect, Origin origin, int needs) {
    this.aspect = aspect;
    this.origin = origin;
    this.needs = needs;
  }

  /** The statistic at the place in the order. */
  static Statistic at(int ordinal) {
    return ALL[ordinal];
  }

  Aspect aspect() {
    return aspect;
  }

  /** Whether the number is measured from the origin of the series' values. */
  boolean hasOrigin() {
    return origin == Origin.OF_THE_SERIES;
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
      case SPREAD, SPREAD_12, SPREAD_48, ROUGHNESS, RANGE -> OptionalDouble.of(0.05);
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
