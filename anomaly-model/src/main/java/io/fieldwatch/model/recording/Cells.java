package io.fieldwatch.model.recording;

import java.util.ArrayList;
import java.util.List;

/** Cuts lines into cells. A cell in double quotes may hold separators, and quotes doubled. */
final class Cells {
  /** The comma is last: it stands in names and in numbers too. */
  private static final String SEPARATORS = ";\t|,";

  private final char separator;

  private Cells(char separator) {
    this.separator = separator;
  }

  /**
   * Cut by the usual separator that gives most lines as many cells as the first has, which must be
   * more than one; of several the one that gives the first line most.
   *
   * @param lines the header and some of the lines below it
   */
  static Cells separatedAsIn(List<String> lines) {
    Cells best = new Cells(SEPARATORS.charAt(0));
    for (int i = 1; i < SEPARATORS.length(); i++) {
      Cells other = new Cells(SEPARATORS.charAt(i));
      int better = other.agreeing(lines) - best.agreeing(lines);
      int wider = other.of(lines.get(0)).size() - best.of(lines.get(0)).size();
      if (better > 0 || (better == 0 && wider > 0)) {
        best = other;
      }
    }
    return best;
  }

  private int agreeing(List<String> lines) {
    int columns = of(lines.get(0)).size();
    int agreeing = 0;
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = of(line);
      boolean agrees = hasCells(cells, columns) || cells.size() == columns + 1;
      agreeing += columns > 1 && agrees ? 1 : 0;
    }
    return agreeing;
  }

  /** Whether there are so many cells, or more of which those behind are empty. */
  static boolean hasCells(List<String> cells, int columns) {
    return cells.size() >= columns
        && cells.subList(columns, cells.size()).stream().allMatch(String::isEmpty);
  }

  /** Whether it is the comma that separates. */
  boolean areSeparatedByCommas() {
    return separator == ',';
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
}
