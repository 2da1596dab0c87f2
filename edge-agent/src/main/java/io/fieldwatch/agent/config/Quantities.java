package io.fieldwatch.agent.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
public final class Quantities {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})([A-Za-z]*)");

  private Quantities() {}

  /**
   * {@code 500ms}, {@code 1s}, {@code 5m}, {@code 1h}, {@code 2d}; empty if it is none of these.
   */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches() || matcher.group(1).length() > 9) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Optional.of(Duration.ofMillis(number));
      case "s" -> Optional.of(Duration.ofSeconds(number));
      case "m" -> Optional.of(Duration.ofMinutes(number));
      case "h" -> Optional.of(Duration.ofHours(number));
      case "d" -> Optional.of(Duration.ofDays(number));
      default -> Optional.empty();
    };
  }

  /** Bytes of {@code 512}, {@code 64KiB}, {@code 10MiB}, {@code 1GiB}; empty if it is none. */
  public static Optional<Long> size(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "", "B" -> Optional.of(number);
      case "KiB" -> shifted(number, 10);
      case "MiB" -> shifted(number, 20);
      case "GiB" -> shifted(number, 30);
      case "TiB" -> shifted(number, 40);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> shifted(long number, int bits) {
    return number <= Long.MAX_VALUE >> bits ? Optional.of(number << bits) : Optional.empty();
  }
}
