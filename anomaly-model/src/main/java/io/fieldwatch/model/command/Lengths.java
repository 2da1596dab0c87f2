package io.fieldwatch.model.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lengths of time as people write them. */
final class Lengths implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String unit = text.replaceFirst("^[0-9]+", "");
    try {
      long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
      return switch (unit) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> throw new NumberFormatException(unit);
      };
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no length; write 500ms, 10s, 1m or 1h");
    }
  }
}
