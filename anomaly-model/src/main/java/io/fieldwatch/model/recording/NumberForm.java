package io.fieldwatch.model.recording;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the commas in the numbers of a column are meant. */
enum NumberForm {
  /** There are none: {@code 1234.5}. */
  POINT,
  /** As the decimal mark: {@code 1234,5}. */
  DECIMAL_COMMA,
  /** Between groups of three digits: {@code 1,234.5}. */
  GROUPS;

  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");

  /** Whether the commas of a cell may stand between groups of three digits. */
  static boolean isGrouped(String cell) {
    return GROUPED.matcher(cell).matches();
  }

  /** The cell's number; NaN and infinities by their usual names, and truth as 1 and 0. */
  Optional<Double> number(String cell) {
    if (this == GROUPS && cell.indexOf(',') >= 0 && !isGrouped(cell)) {
      return Optional.empty();
    }
    String text =
        switch (this) {
          case POINT -> cell;
          case DECIMAL_COMMA -> cell.replace(',', '.');
          case GROUPS -> cell.replace(",", "");
        };
    // Java would read 1d as 1; what ends in a letter is a number only by these names.
    if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
      return named(text);
    }
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> named(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(1.0);
      case "false" -> Optional.of(0.0);
      case "nan", "+nan", "-nan", "na", "null", "none" -> Optional.of(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> Optional.empty();
    };
  }
}
