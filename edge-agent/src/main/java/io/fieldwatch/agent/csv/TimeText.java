package io.fieldwatch.agent.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Instants as files write them: ISO 8601 with a T or a space, UTC where no offset is given; or
 * seconds or milliseconds since the Unix epoch, told apart by their size.
 */
final class TimeText {
  private static final Pattern NUMBER = Pattern.compile("\\d{9,16}(\\.\\d{1,9})?");
  private static final Pattern ISO =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?(.*)");

  /** As milliseconds 1973, as seconds 5138: no number is plausible as both. */
  private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  /** SenML takes numbers below 2^28 seconds for times relative to now: 1978-07-04. */
  private static final long EARLIEST_MILLIS = (1L << 28) * 1000;

  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private TimeText() {}

  /**
   * Milliseconds since the Unix epoch, from 1978-07-04 to the year 9999; empty if it is no time.
   */
  static OptionalLong toMillis(String text) {
    OptionalLong millis = NUMBER.matcher(text).matches() ? ofNumber(text) : ofIso(text);
    boolean usable =
        millis.isPresent()
            && millis.getAsLong() >= EARLIEST_MILLIS
            && millis.getAsLong() <= LATEST_MILLIS;
    return usable ? millis : OptionalLong.empty();
  }

  private static OptionalLong ofNumber(String text) {
    BigDecimal number = new BigDecimal(text);
    BigDecimal millis = number.compareTo(LEAST_MILLIS) >= 0 ? number : number.movePointRight(3);
    return OptionalLong.of(millis.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static OptionalLong ofIso(String text) {
    if (!ISO.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    String iso = text.substring(0, 10) + 'T' + text.substring(11).replace(',', '.');
    try {
      return OptionalLong.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException e) {
      return ofIsoWithOffset(iso.replace(" ", ""));
    }
  }

  private static OptionalLong ofIsoWithOffset(String iso) {
    try {
      return OptionalLong.of(OffsetDateTime.parse(iso).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
