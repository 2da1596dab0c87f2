package io.fieldwatch.model.feature;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The numbers taken of every window before they are compared with the series' own past. The order
 * is part of the state's binary form.
 */
enum Statistic {
  /** Mean of the window. */
  LEVEL("the mean", Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Greatest value. */
  HIGHEST("the highest value", Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Least value. */
  LOWEST("the lowest value", Aspect.VALUE, Origin.OF_THE_SERIES, 0),
  /** Mean less the mean of the window before. */
  CHANGE("the change from the window before", Aspect.CHANGE, Origin.NONE, 1),
  /** Greatest value less the mean of the 4 windows before. */
  RISE("the rise above the windows before", Aspect.CHANGE, Origin.NONE, 4),
  /** Mean of the 4 windows before less the least value. */
  FALL("the fall below the windows before", Aspect.CHANGE, Origin.NONE, 4),
  /** Logarithm of the deviation within the window, beside the usual noise. */
  SPREAD("the spread within the window", Aspect.INSIDE, Origin.NONE, 1),
  /** Logarithm of greatest less least value, beside the usual noise. */
  RANGE("the range within the window", Aspect.INSIDE, Origin.NONE, 1),
  /** Last value less first value. */
  TREND("the trend within the window", Aspect.INSIDE, Origin.NONE, 0),
  /** Mean of the last 4 windows. */
  LEVEL_4("the mean of 4 windows", Aspect.LEVEL_4, Origin.OF_THE_SERIES, 3),
  /** Mean of the last 12 windows. */
  LEVEL_12("the mean of 12 windows", Aspect.LEVEL_12, Origin.OF_THE_SERIES, 11),
  /** Mean of the last 48 windows. */
  LEVEL_48("the mean of 48 windows", Aspect.LEVEL_48, Origin.OF_THE_SERIES, 47),
  /** Logarithm of the deviation of the last 12 windows' means, beside the usual noise. */
  SPREAD_12("the spread over 12 windows", Aspect.SPREAD_12, Origin.NONE, 11),
  /** Logarithm of the deviation of the last 48 windows' means, beside the usual noise. */
  SPREAD_48("the spread over 48 windows", Aspect.SPREAD_48, Origin.NONE, 47),
  /** Logarithm of the mean step between the last 12 windows' means, beside the usual noise. */
  ROUGHNESS("the roughness over 12 windows", Aspect.ROUGHNESS, Origin.NONE, 12),
  /** Mean of the last 4 windows less the mean of the 4 before them. */
  JUMP_4("the jump between 4 windows and the 4 before", Aspect.JUMP_4, Origin.NONE, 7),
  /** Mean of the last 12 windows less the mean of the 12 before them. */
  JUMP_12("the jump between 12 windows and the 12 before", Aspect.JUMP_12, Origin.NONE, 23),
  /** Mean less what is usual at this time of the day. */
  SEASON("the distance from what is usual at this time of the day", Aspect.SEASON, Origin.NONE, 1),
  /** Mean of the last 12 windows less what is usual at their time of the day. */
  SEASON_12(
      "the distance of 12 windows from what is usual at this time of the day",
      Aspect.SEASON_12,
      Origin.NONE,
      12),
  /** A fast moving mean less a slow one. */
  DRIFT("the drift", Aspect.DRIFT, Origin.NONE, 11),
  /** Logarithm of how many readings have repeated one value, beside the longest such run. */
  FLAT("how long the value has stood still", Aspect.FLAT, Origin.NONE, 1),
  /** Logarithm of the readings in the window beside those expected. */
  MISSING("missing readings", Aspect.MISSING, Origin.NONE, 2),
  /** Logarithm of the windows without any reading before this one. */
  GAP("a gap without readings", Aspect.GAP, Origin.NONE, 1),
  /** Usual noise beside the deviation within the last windows: great where they are still. */
  STILL_4("the stillness within 4 windows", Aspect.STILL_4, Origin.NONE, 4),
  /** Usual noise beside the mean step between the last 12 windows' means. */
  STILL_12("the stillness over 12 windows", Aspect.STILL_12, Origin.NONE, 12),
  /** Mean less where the 6 windows before were heading. */
  AHEAD("the distance from where the mean was heading", Aspect.AHEAD, Origin.NONE, 6),
  /** Greatest value less where the 6 windows before were heading. */
  ABOVE("the highest value beside where the mean was heading", Aspect.AHEAD, Origin.NONE, 6),
  /** Where the 6 windows before were heading less the least value. */
  BELOW("the lowest value beside where the mean was heading", Aspect.AHEAD, Origin.NONE, 6);

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
    GAP,
    STILL_4,
    STILL_12,
    AHEAD;

    static final int COUNT = values().length;

    /** The aspects of the founding statistics. */
    static final int FOUNDING = GAP.ordinal() + 1;
  }

  /** Whether a number moves when all values of the series do. */
  private enum Origin {
    OF_THE_SERIES,
    NONE
  }

  private static final Statistic[] ALL = values();
  static final int COUNT = ALL.length;

  /** So many came first; states of version 4 remember those, and features named strongest do. */
  static final int FOUNDING = GAP.ordinal() + 1;

  private final String words;
  private final Aspect aspect;
  private final Origin origin;
  private final int needs;

  Statistic(String words, Aspect aspect, Origin origin, int needs) {
    this.words = words;
    this.aspect = aspect;
    this.origin = origin;
    this.needs = needs;
  }

  /** The statistic at the place in the order. */
  static Statistic at(int ordinal) {
    return ALL[ordinal];
  }

  /** What the number is, for people. */
  String words() {
    return words;
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
      case STILL_4, STILL_12, SPREAD, SPREAD_12, SPREAD_48, ROUGHNESS, RANGE ->
          OptionalDouble.of(0.05);
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
