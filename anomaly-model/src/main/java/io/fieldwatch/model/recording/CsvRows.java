package io.fieldwatch.model.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of a file, cell by cell, in columns that grow. What is wrong with them is counted. Not
 * thread safe.
 */
final class CsvRows {
  private static final char REPLACEMENT = '\uFFFD';

  private final String device;
  private final Survey survey;
  private final Columns columns;
  private final NumberForm[] forms;
  private final Map<RowProblem, Integer> problems = new EnumMap<>(RowProblem.class);
  private long[] times = new long[1024];
  private int[] fileRows = new int[1024];
  private double[][] values;
  private byte[] labels = new byte[1024];
  private int rows;
  private int nextFileRow;
  private long readings;

  /** The first thing that could not be used; empty if all could. */
  private String firstProblem = "";

  CsvRows(String device, Survey survey, Columns columns) {
    this.device = device;
    this.survey = survey;
    this.columns = columns;
    this.forms =
        columns.sensors().stream()
            .map(column -> column.facts().form(survey.cells()))
            .toArray(NumberForm[]::new);
    this.values = new double[columns.sensors().size()][1024];
    survey.columns().forEach(column -> countReplaced(column.name()));
  }

  /** Takes a line of the file in, with its number. */
  void add(String line, int number) {
    int fileRow = nextFileRow++;
    countReplaced(line);
    Optional<List<String>> row = survey.row(line);
    if (row.isEmpty()) {
      int cells = survey.cells().of(line).size();
      count(
          RowProblem.WRONG_CELLS,
          () ->
              "line %d has %d cells, the header %d"
                  .formatted(number, cells, survey.columns().size()));
      return;
    }
    Optional<Long> time = columns.time().millis(row.get(), fileRow);
    if (time.isEmpty()) {
      count(
          RowProblem.NO_TIME,
          () ->
              "line %d has '%s' in %s, which is no time"
                  .formatted(number, columns.time().text(row.get()), columns.time().shown()));
      return;
    }
    grow();
    times[rows] = time.get();
    fileRows[rows] = fileRow;
    for (int i = 0; i < values.length; i++) {
      Column sensor = columns.sensors().get(i);
      values[i][rows] = value(forms[i], row.get().get(sensor.place()), sensor, number);
    }
    columns.label().column().ifPresent(c -> labels[rows] = label(row.get().get(c.place())));
    countSurplus(row.get());
    rows++;
  }

  private void countReplaced(String text) {
    for (int at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) {
      count(RowProblem.NOT_UTF8);
    }
  }

  private void countSurplus(List<String> row) {
    if (row.size() > survey.columns().size()) {
      count(RowProblem.SURPLUS_CELLS);
    }
  }

  private double value(NumberForm form, String cell, Column sensor, int line) {
    Optional<Double> number = form.number(cell);
    if (number.isPresent() && Double.isFinite(number.get())) {
      readings++;
      return number.get();
    }
    RowProblem noNumber = number.isPresent() ? RowProblem.NOT_FINITE : RowProblem.NO_NUMBER;
    count(
        cell.isEmpty() ? RowProblem.NO_READING : noNumber,
        () -> "line %d has '%s' in %s".formatted(line, cell, sensor.shown()));
    return Double.NaN;
  }

  private byte label(String cell) {
    if (cell.isEmpty() && columns.label().isEmptyNormal()) {
      return 0;
    }
    double label = NumberForm.POINT.number(cell).orElse(Double.NaN);
    if (label == 0 || label == 1) {
      return (byte) label;
    }
    count(RowProblem.OTHER_LABEL);
    return CsvTable.UNKNOWN;
  }

  private void count(RowProblem problem, Supplier<String> sentence) {
    firstProblem = firstProblem.isEmpty() ? sentence.get() : firstProblem;
    count(problem);
  }

  private void count(RowProblem problem) {
    problems.merge(problem, 1, Integer::sum);
  }

  private void grow() {
    if (rows < times.length) {
      return;
    }
    times = Arrays.copyOf(times, 2 * rows);
    fileRows = Arrays.copyOf(fileRows, 2 * rows);
    labels = Arrays.copyOf(labels, 2 * rows);
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOf(values[i], 2 * rows);
    }
  }

  /** A file of rows, none of which can be scored, would come out as one without anomalies. */
  void requireReadings() throws IOException {
    if (nextFileRow > 0 && readings == 0) {
      throw new IOException(
          "Cannot read '%s': none of its %d rows can be used; %s"
              .formatted(device, nextFileRow, firstProblem));
    }
  }

  /** In which order they are to be scored. */
  RowOrder order() {
    return new RowOrder(Arrays.copyOf(times, rows));
  }

  /** Counts what is wrong with the times in that order. */
  void countOrder(RowOrder order) {
    long[] ordered = order.timesMillis();
    for (int i = 1; i < ordered.length; i++) {
      if (ordered[i] < ordered[i - 1]) {
        count(RowProblem.TIME_BACK);
      } else if (ordered[i] == ordered[i - 1]) {
        count(RowProblem.TIME_AGAIN);
      }
    }
  }

  /** How often each problem came, those that did. */
  Map<RowProblem, Integer> problems() {
    return Map.copyOf(problems);
  }

  /** The rows that can be used, in that order. */
  Table table(RowOrder order) {
    double[][] ordered = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      double[] inFile = values[i];
      ordered[i] = Arrays.stream(order.rows()).mapToDouble(row -> inFile[row]).toArray();
    }
    return new Table(
        device,
        columns.sensors().stream().map(Column::shown).toList(),
        order.timesMillis(),
        ordered);
  }

  /** Which row of the file each is, in that order. */
  int[] fileRows(RowOrder order) {
    return Arrays.stream(order.rows()).map(row -> fileRows[row]).toArray();
  }

  /** The rows' labels, in that order, if the file has any. */
  Optional<byte[]> labels(RowOrder order) {
    if (columns.label().column().isEmpty()) {
      return Optional.empty();
    }
    byte[] ordered = new byte[rows];
    for (int i = 0; i < rows; i++) {
      ordered[i] = labels[order.rows()[i]];
    }
    return Optional.of(ordered);
  }

  /** What the columns were taken for. */
  Layout layout() {
    return new Layout(
        columns.time().shown(),
        columns.label().column().map(Column::shown),
        columns.sensors().stream().map(Column::shown).toList(),
        columns.leftOut());
  }

  /** What people should know of how the file was read. */
  List<String> notes(RowOrder order) {
    List<String> notes = new ArrayList<>(columns.time().notes());
    if (survey.headerLines() == 0) {
      notes.add("the first line is no header: it is scored, and columns are called by number");
    }
    if (columns.label().isEmptyNormal()) {
      notes.add("labels are 1 or empty: empty is read as 0");
    }
    if (columns.sensors().stream().anyMatch(this::hasOtherCommas)) {
      notes.add("commas in numbers are read as decimal marks, or between thousands");
    }
    notes.addAll(order.notes());
    return notes;
  }

  private boolean hasOtherCommas(Column sensor) {
    return sensor.facts().form(survey.cells()) != NumberForm.POINT;
  }
}
