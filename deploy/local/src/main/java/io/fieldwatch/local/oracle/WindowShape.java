package io.fieldwatch.local.oracle;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of window, as its tag names it: {@code 10s}, or {@code 5m/1m} where one of five minutes
 * begins every minute.
 */
record WindowShape(String name, long lengthMillis, long slideMillis) {
  private static final Pattern NAME = Pattern.compile("(\\d+)(ms|s|m|h|d)(?:/(\\d+)(ms|s|m|h|d))?");

  static WindowShape parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read the window '" + name + "'");
    }
    long length = millis(matcher.group(1), matcher.group(2));
    return new WindowShape(
        name,
        length,
        matcher.group(3) == null ? length : millis(matcher.group(3), matcher.group(4)));
  }

  /** The start of the last window that holds an instant; the others begin a slide earlier each. */
  long lastStart(long timeMillis) {
    return Math.floorDiv(timeMillis, slideMillis) * slideMillis;
  }

  private static long millis(String amount, String unit) {
    Duration one =
        switch (unit) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    return one.toMillis() * Long.parseLong(amount);
  }
}
