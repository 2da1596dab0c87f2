package io.fieldwatch.model.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cuts lines into cells. A cell in double quotes may hold separators, and quotes doubled. */
final class Cells {
  private static final String SEPARATORS = ",;\t|";

  private final char separator;

  private Cells(char separator) {
    this.separator = separator;
  }

  /** Separated by whichever of the usual separators the line holds most of. */
  static Cells separatedAsIn(String header) {
    char best = SEPARATORS.charAt(0);
    for (int i = 1; i < SEPARATORS.length(); i++) {
      char candidate = SEPARATORS.charAt(i);
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return new Cells(best);
  }

  private static long count(String line, char wanted) {
    return line.chars().filter(c -> c == wanted).count();
  }

  /** The line's cells, without blanks around them. */
  List<String> of(String line) {
    List<String> cells = new ArrayList<>();
    if (line.indexOf('"') < 0) {
      int from = 0;
      for (int to = line.indexOf(separator); to >= 0; to = line.indexOf(separator, from)) {
        cells.add(line.substring(from, to).strip());
        from = to + 1;
      }
      cells.add(line.substring(from).strip());
    } else {
      addQuoted(line, cells);
    }
    return cells;
  }

  private void addQuoted(String line, List<String> cells) {
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
  }

  /** The cell's number, with a decimal comma too where commas do not separate. */
  Optional<Double> number(String cell) {
    String text = separator == ',' ? cell : cell.replace(',', '.');
    if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
      return named(text);
    }
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Java would read 1d as 1; what ends in a letter is a number only by these names. */
  private static Optional<Double> named(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan", "na", "null", "none" -> Optional.of(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> Optional.empty();
    };
  }
}
