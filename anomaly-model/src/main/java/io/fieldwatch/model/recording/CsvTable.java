package io.fieldwatch.model.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file of one device as it lies there: a header line, a column of times, a column for each
 * sensor, and maybe one of labels with 0 and 1. Which is which, how cells are separated and how
 * numbers and times are written is found out from the whole file, see {@link Columns}; {@link
 * #layout} and {@link #notes} say what it was taken for. Whatever is wrong with a row or a cell is
 * counted by {@link RowProblem}; it costs itself and nothing else.
 */
public final class CsvTable {
  /** Of a row that has no label of 0 or 1. */
  public static final byte UNKNOWN = -1;

  private final Table table;
  private final int[] fileRows;
  private final int fileRowCount;
  private final Optional<byte[]> labels;
  private final Map<RowProblem, Integer> problems;
  private final List<String> columns;
  private final Layout layout;
  private final List<String> notes;

  private CsvTable(CsvRows rows, RowOrder order, Survey survey) {
    this.table = rows.table(order);
    this.fileRows = rows.fileRows(order);
    this.fileRowCount = survey.rows();
    this.labels = rows.labels(order);
    this.problems = rows.problems();
    this.columns = survey.columns().stream().map(Column::shown).toList();
    this.layout = rows.layout();
    this.notes = rows.notes(order);
  }

  /**
   * Reads a file, UTF-8; what is none is replaced and counted.
   *
   * @throws IOException if it cannot be read, is empty, or has no sensor or no row that can be used
   */
  public static CsvTable read(String device, Path file) throws IOException {
    return read(device, file, ColumnWishes.NONE);
  }

  /**
   * Reads a file, UTF-8, with what a user says of its columns.
   *
   * @throws IOException if it cannot be read, is empty, or has no sensor or no row that can be used
   */
  public static CsvTable read(String device, Path file, ColumnWishes wishes) throws IOException {
    try {
      return read(device, () -> opened(file), wishes);
    } catch (AccessDeniedException e) {
      throw new IOException("Cannot read '%s': this user may not".formatted(device), e);
    }
  }

  /** A decoder that is not asked to report replaces what is no UTF-8. */
  private static BufferedReader opened(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  static CsvTable read(String device, CsvLines lines, ColumnWishes wishes) throws IOException {
    Survey survey = Survey.of(device, lines);
    CsvRows rows = new CsvRows(device, survey, Columns.of(device, survey, wishes));
    lines.forEach(survey.headerLines(), rows::add);
    rows.requireReadings();
    RowOrder order = rows.order();
    rows.countOrder(order);
    return new CsvTable(rows, order, survey);
  }

  /** The rows that can be used, in the order in which they are to be scored. */
  public Table table() {
    return table;
  }

  /** How many rows the file has below its header, blank lines aside. */
  public int fileRows() {
    return fileRowCount;
  }

  /** Which row of the file, from 0, a row of the table is. */
  public int fileRow(int row) {
    return fileRows[row];
  }

  /**
   * How many rows of the table are among the first of the file; where rows are scored in another
   * order than that of the file, so many are the first of the table.
   */
  public int rowsAmong(int firstFileRows) {
    int rows = 0;
    while (rows < fileRows.length && fileRows[rows] < firstFileRows) {
      rows++;
    }
    return isInFileOrder() ? rows : Math.max(0, Math.min(firstFileRows, fileRows.length));
  }

  private boolean isInFileOrder() {
    for (int i = 1; i < fileRows.length; i++) {
      if (fileRows[i] < fileRows[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * For each row of the table 0, 1 or {@link #UNKNOWN}, if the file has such a column; not to be
   * changed.
   */
  public Optional<byte[]> labels() {
    return labels;
  }

  /** How often each problem came, those that did. */
  public Map<RowProblem, Integer> problems() {
    return problems;
  }

  /** Rows that could not be used at all. */
  public int refused() {
    return problems.entrySet().stream()
        .filter(entry -> entry.getKey().refusesRow())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Whether a user who says this name means a column of the file. */
  public boolean hasColumn(String name) {
    return columns.stream().anyMatch(name.strip()::equalsIgnoreCase);
  }

  /** What the columns were taken for. */
  public Layout layout() {
    return layout;
  }

  /** What people should know of how the file was read, in sentences. */
  public List<String> notes() {
    return notes;
  }
}
