package io.fieldwatch.decode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The forms in which foreign devices write a time, told apart by what stands there. */
final class JsonTime {
  /** In seconds the year 5138, in milliseconds 1973: nothing that is measured now is near it. */
  private static final double FIRST_MILLIS = 1e11;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
  private static final int MAX_LENGTH = 40;

  private JsonTime() {}

  /** The milliseconds of a number of seconds or milliseconds since the epoch. */
  static long ofNumber(double number) {
    return Math.round(number < FIRST_MILLIS ? number * 1000 : number);
  }

  /** The milliseconds of ISO 8601 with an offset or Z, or of a number in quotes; else empty. */
  static OptionalLong ofText(String text) {
    if (text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    if (NUMBER.matcher(text).matches()) {
      return OptionalLong.of(ofNumber(Double.parseDouble(text)));
    }
    try {
      return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
