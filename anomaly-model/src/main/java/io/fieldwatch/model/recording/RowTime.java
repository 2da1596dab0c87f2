package io.fieldwatch.model.recording;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times as people and programs write them; without an offset they are UTC. */
public final class RowTime {
  /** A number of the epoch that is smaller counts seconds: as milliseconds it would be 1973. */
  private static final double LEAST_MILLIS = 1e11;

  /** The year 10000 in milliseconds. */
  private static final double GREATEST_MILLIS = 2.5e14;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .appendPattern("HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalEnd()
          .toFormatter();

  private RowTime() {}

  /**
   * Milliseconds since the Unix epoch of ISO 8601 text, with a space or a T between date and time,
   * or of a number of seconds or milliseconds since the epoch; empty for anything else.
   */
  public static Optional<Long> parse(String text) {
    if (text.length() > 4 && text.charAt(4) == '-') {
      return iso(text);
    }
    try {
      return number(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(double epoch) {
    double millis = Math.abs(epoch) < LEAST_MILLIS ? epoch * 1000 : epoch;
    return Math.abs(millis) <= GREATEST_MILLIS ? Optional.of(Math.round(millis)) : Optional.empty();
  }

  private static Optional<Long> iso(String text) {
    try {
      String withT =
          text.length() > 10 && text.charAt(10) == ' '
              ? text.substring(0, 10) + 'T' + text.substring(11)
              : text;
      TemporalAccessor time = ISO.parse(withT);
      if (!time.isSupported(ChronoField.HOUR_OF_DAY)) {
        return Optional.of(86_400_000 * time.getLong(ChronoField.EPOCH_DAY));
      }
      return Optional.of(
          time.isSupported(ChronoField.OFFSET_SECONDS)
              ? OffsetDateTime.from(time).toInstant().toEpochMilli()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
