package io.fieldwatch.model.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A first look at a whole file: how its lines are cut, and what the cells of its columns look like.
 * How a file is to be read is decided on all of it; what a row is worth never is.
 */
final class Survey {
  /** Lines by which the separator is found. */
  private static final int FIRST_LINES = 21;

  private final Cells cells;
  private final List<String> names;
  private final boolean hasHeader;
  private final List<Column> columns = new ArrayList<>();
  private int rows;
  private boolean hasFittingRows;

  private Survey(List<String> first) {
    this.cells = Cells.separatedAsIn(first);
    List<String> header = cells.of(first.get(0));
    this.hasHeader = !isData(header);
    this.names = names(header, first);
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).isEmpty() ? "column-" + (i + 1) : names.get(i);
      String shown = name;
      while (!taken.add(shown)) {
        shown += "-" + (i + 1);
      }
      columns.add(new Column(i, names.get(i), shown, new ColumnFacts()));
    }
  }

  /**
   * Goes through the file.
   *
   * @throws IOException if it cannot be read, or is empty
   */
  static Survey of(String device, CsvLines lines) throws IOException {
    List<String> first = lines.first(FIRST_LINES);
    if (first.isEmpty()) {
      throw new IOException("Cannot read '%s': it is empty".formatted(device));
    }
    Survey survey = new Survey(first);
    lines.forEach(survey.headerLines(), survey::add);
    return survey;
  }

  /** Of a file without a header all are empty; that of the row names which R writes is. */
  private List<String> names(List<String> header, List<String> first) {
    List<String> all = new ArrayList<>(header);
    if (!hasHeader) {
      all.replaceAll(cell -> "");
    }
    int longer = 0;
    for (String line : first.subList(1, first.size())) {
      List<String> row = cells.of(line);
      longer += row.size() == header.size() + 1 && !row.get(header.size()).isEmpty() ? 1 : 0;
    }
    if (2 * longer > first.size() - 1) {
      all.add(0, "");
    }
    return all;
  }

  /** Whether a first line is a row already. Numbers from 0 or 1 on are names that programs give. */
  private static boolean isData(List<String> line) {
    List<String> filled = line.stream().filter(cell -> !cell.isEmpty()).toList();
    boolean areCounted = filled.size() > 1;
    boolean areData = !filled.isEmpty();
    for (int i = 0; i < filled.size(); i++) {
      String counted = String.valueOf(i + (filled.get(0).equals("1") ? 1 : 0));
      areCounted &= filled.get(i).equals(counted);
      areData &=
          NumberForm.DECIMAL_COMMA.number(filled.get(i)).filter(Double::isFinite).isPresent()
              || DateText.of(filled.get(i)).isPresent();
    }
    return areData && !areCounted;
  }

  private void add(String line, int number) {
    rows++;
    Optional<List<String>> row = row(line);
    hasFittingRows |= row.isPresent();
    if (row.isPresent()) {
      for (Column column : columns) {
        column.facts().add(row.get().get(column.place()), number);
      }
    }
  }

  /** A line's cells, and maybe empty ones behind them; none if it has another number. */
  Optional<List<String>> row(String line) {
    List<String> row = cells.of(line);
    return Cells.hasCells(row, names.size()) ? Optional.of(row) : Optional.empty();
  }

  /** How many lines that are not blank stand above the rows. */
  int headerLines() {
    return hasHeader ? 1 : 0;
  }

  /** How lines are cut. */
  Cells cells() {
    return cells;
  }

  /** All columns, by place. */
  List<Column> columns() {
    return columns;
  }

  /** How many rows there are below the header. */
  int rows() {
    return rows;
  }

  /** Whether the columns' cells say anything: some row has as many as the header. */
  boolean hasFittingRows() {
    return hasFittingRows;
  }
}
