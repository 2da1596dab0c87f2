package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNullElse;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as people and programs write it, with a time of day behind it or without: {@code
 * 2014-04-01T00:00:01.25+02:00}, {@code 2014/04/01 9:05}, {@code 4/1/2014 9:05 PM}, {@code
 * 01.04.2014 9.05.00}. Without an offset it is UTC.
 *
 * @param first its first number
 * @param mark between its numbers
 * @param middle its second number
 * @param last its third number; behind slashes two digits are a year from 1970 to 2069
 * @param isYearFirst whether the first number is the year; else the last one is
 * @param clockMillis the time of day, milliseconds since midnight in UTC
 */
record DateText(
    int first, char mark, int middle, int last, boolean isYearFirst, OptionalLong clockMillis) {
  private static final long DAY_MILLIS = 86_400_000;
  private static final String CLOCK_PATTERN =
      "(?<hour>\\d{1,2})(?<colon>[:.])(?<minute>\\d{2})"
          + "(?:\\k<colon>(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?"
          + "(?: ?(?<half>[AaPp])\\.?[Mm]\\.?)?";
  private static final Pattern CLOCK = Pattern.compile(CLOCK_PATTERN);
  private static final Pattern DATE =
      Pattern.compile(
          "(?<first>\\d{1,4})(?<mark>[-/.])(?<middle>\\d{1,2})\\k<mark>(?<last>\\d{1,4})"
              + "(?:(?:[Tt]|,? +)"
              + CLOCK_PATTERN
              + " ?(?<offset>[Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?");

  /** Empty if the text is none, or its time of day is not possible. */
  static Optional<DateText> of(String text) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String first = group(matcher, "first");
    char mark = group(matcher, "mark").charAt(0);
    String last = group(matcher, "last");
    boolean isYearFirst = first.length() == 4 && last.length() <= 2;
    // 18.00.00 is a time of day.
    boolean isShortYear = last.length() == 2 && mark == '/';
    boolean isYearLast = first.length() <= 2 && (last.length() == 4 || isShortYear);
    OptionalLong clock = clockMillis(matcher);
    boolean isClockWrong = !group(matcher, "hour").isEmpty() && clock.isEmpty();
    if (isClockWrong || (!isYearFirst && !isYearLast)) {
      return Optional.empty();
    }
    long offset = offsetMillis(group(matcher, "offset"));
    return Optional.of(
        new DateText(
            Integer.parseInt(first),
            mark,
            Integer.parseInt(group(matcher, "middle")),
            isYearLast ? year(last) : Integer.parseInt(last),
            isYearFirst,
            clock.isPresent() ? OptionalLong.of(clock.getAsLong() - offset) : clock));
  }

  /** Whether the text is a time of day, with no date before it. */
  static boolean isClock(String text) {
    Matcher matcher = CLOCK.matcher(text);
    return matcher.matches() && clockMillis(matcher).isPresent();
  }

  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() > 2) {
      return year;
    }
    return year < 70 ? 2000 + year : 1900 + year;
  }

  /** Empty if there is none, or a clock does not show it. */
  private static OptionalLong clockMillis(Matcher matcher) {
    String hourText = group(matcher, "hour");
    if (hourText.isEmpty()) {
      return OptionalLong.empty();
    }
    int hour = Integer.parseInt(hourText);
    int minute = Integer.parseInt(group(matcher, "minute"));
    int second = Integer.parseInt('0' + group(matcher, "second"));
    String half = group(matcher, "half");
    boolean isHourWrong = half.isEmpty() ? hour > 23 : hour < 1 || hour > 12;
    if (isHourWrong || minute > 59 || second > 59) {
      return OptionalLong.empty();
    }
    if (!half.isEmpty()) {
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    long millis = Long.parseLong((group(matcher, "fraction") + "000").substring(0, 3));
    return OptionalLong.of(((hour * 60L + minute) * 60 + second) * 1000 + millis);
  }

  private static long offsetMillis(String offset) {
    if (!offset.startsWith("+") && !offset.startsWith("-")) {
      return 0;
    }
    String digits = offset.substring(1).replace(":", "");
    long minutes = 60L * Long.parseLong(digits.substring(0, 2));
    minutes += digits.length() > 2 ? Long.parseLong(digits.substring(2)) : 0;
    return 60_000 * (offset.startsWith("-") ? -minutes : minutes);
  }

  private static String group(Matcher matcher, String name) {
    return requireNonNullElse(matcher.group(name), "");
  }

  /** Whether only the order of a whole file tells the day from the month. */
  boolean isOrderOpen() {
    return !isYearFirst && mark != '.';
  }

  /** Milliseconds since the Unix epoch; empty where the calendar has no such day. */
  Optional<Long> millis(DateOrder order) {
    boolean isDayFirst = mark == '.' || order == DateOrder.DAY_FIRST;
    int day = isDayFirst ? first : middle;
    int month = isDayFirst ? middle : first;
    try {
      LocalDate date =
          isYearFirst ? LocalDate.of(first, middle, last) : LocalDate.of(last, month, day);
      return Optional.of(DAY_MILLIS * date.toEpochDay() + clockMillis.orElse(0));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
