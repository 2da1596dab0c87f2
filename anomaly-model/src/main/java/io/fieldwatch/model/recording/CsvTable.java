package io.fieldwatch.model.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A CSV file of one device as it lies there: a header line, a column of times, a column for each
 * sensor, and maybe one of labels, {@code anomaly}, with 0 and 1. The separator is the one of
 * {@code , ; tab |} that the header holds most of. Whatever is wrong with a row or a cell is
 * counted by {@link RowProblem}; it costs itself and nothing else.
 */
public final class CsvTable {
  /** Of a row that has no label of 0 or 1. */
  public static final byte UNKNOWN = -1;

  private static final String LABEL = "anomaly";
  private static final Set<String> TIME_NAMES =
      Set.of("time", "timestamp", "datetime", "date", "date_time", "ts", "t");

  private final Table table;
  private final int[] fileRows;
  private final int fileRowCount;
  private final Optional<byte[]> labels;
  private final Map<RowProblem, Integer> problems;

  private CsvTable(
      Table table,
      int[] fileRows,
      int fileRowCount,
      Optional<byte[]> labels,
      Map<RowProblem, Integer> problems) {
    this.table = table;
    this.fileRows = fileRows;
    this.fileRowCount = fileRowCount;
    this.labels = labels;
    this.problems = problems;
  }

  /**
   * Reads a file, UTF-8.
   *
   * @throws IOException if it cannot be read, or has no header with a column of times and a sensor
   */
  public static CsvTable read(String device, Path file) throws IOException {
    return read(device, file, Set.of());
  }

  /**
   * Reads a file, UTF-8, without some of its columns.
   *
   * @throws IOException if it cannot be read, or has no header with a column of times and a sensor
   */
  public static CsvTable read(String device, Path file, Set<String> ignoredColumns)
      throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return read(device, reader, ignoredColumns);
    } catch (MalformedInputException e) {
      throw new IOException("Cannot read '%s': it is no text in UTF-8".formatted(device), e);
    }
  }

  static CsvTable read(String device, BufferedReader reader, Set<String> ignoredColumns)
      throws IOException {
    String header = reader.readLine();
    if (header == null) {
      throw new IOException("Cannot read '%s': it is empty".formatted(device));
    }
    Building building = new Building(device, new Columns(device, header, ignoredColumns));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank()) {
        building.add(line);
      }
    }
    return building.table();
  }

  /** The rows that can be used. */
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

  /** What stands where. */
  private static final class Columns {
    final Cells cells;
    final int count;
    final int time;
    final Optional<Integer> label;
    final List<Integer> places = new ArrayList<>();
    final List<String> sensors = new ArrayList<>();

    Columns(String device, String header, Set<String> ignored) throws IOException {
      // Some programs begin UTF-8 with a mark.
      String line = header.startsWith("\uFEFF") ? header.substring(1) : header;
      cells = Cells.separatedAsIn(line);
      List<String> names = cells.of(line);
      List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      count = names.size();
      time = timeColumn(device, lower);
      int labelPlace = lower.indexOf(LABEL);
      label = labelPlace < 0 ? Optional.empty() : Optional.of(labelPlace);
      Set<String> taken = new HashSet<>();
      for (int i = 0; i < count; i++) {
        if (i != time && i != labelPlace && !ignored.contains(names.get(i))) {
          places.add(i);
          String name = names.get(i).isEmpty() ? "column-" + (i + 1) : names.get(i);
          sensors.add(taken.add(name) ? name : name + "-" + (i + 1));
        }
      }
      if (sensors.isEmpty()) {
        throw new IOException("Cannot read '%s': its header names no sensor".formatted(device));
      }
    }

    private static int timeColumn(String device, List<String> names) throws IOException {
      for (int i = 0; i < names.size(); i++) {
        if (TIME_NAMES.contains(names.get(i))) {
          return i;
        }
      }
      throw new IOException(
          "Cannot read '%s': its header names no column of times, such as time or timestamp"
              .formatted(device));
    }
  }

  /** Columns that grow by rows. */
  private static final class Building {
    private final String device;
    private final Columns columns;
    private final Map<RowProblem, Integer> problems = new EnumMap<>(RowProblem.class);
    private final BitSet used = new BitSet();
    private long[] times = new long[1024];
    private double[][] values;
    private byte[] labels = new byte[1024];
    private int rows;
    private int fileRows;

    Building(String device, Columns columns) {
      this.device = device;
      this.columns = columns;
      values = new double[columns.sensors.size()][1024];
    }

    void add(String line) {
      int fileRow = fileRows++;
      List<String> cells = columns.cells.of(line);
      if (cells.size() != columns.count) {
        count(RowProblem.WRONG_CELLS);
        return;
      }
      Optional<Long> time = RowTime.parse(cells.get(columns.time));
      if (time.isEmpty()) {
        count(RowProblem.NO_TIME);
        return;
      }
      grow();
      used.set(fileRow);
      times[rows] = time.get();
      countOrder();
      for (int i = 0; i < values.length; i++) {
        values[i][rows] = value(cells.get(columns.places.get(i)));
      }
      columns.label.ifPresent(place -> labels[rows] = label(cells.get(place)));
      rows++;
    }

    private void countOrder() {
      if (rows > 0 && times[rows] < times[rows - 1]) {
        count(RowProblem.TIME_BACK);
      } else if (rows > 0 && times[rows] == times[rows - 1]) {
        count(RowProblem.TIME_AGAIN);
      }
    }

    private double value(String cell) {
      if (cell.isEmpty()) {
        count(RowProblem.NO_READING);
        return Double.NaN;
      }
      Optional<Double> value = columns.cells.number(cell);
      if (value.isEmpty()) {
        count(RowProblem.NO_NUMBER);
        return Double.NaN;
      }
      if (!Double.isFinite(value.get())) {
        count(RowProblem.NOT_FINITE);
        return Double.NaN;
      }
      return value.get();
    }

    private byte label(String cell) {
      double label = columns.cells.number(cell).orElse(Double.NaN);
      if (label == 0 || label == 1) {
        return (byte) label;
      }
      count(RowProblem.OTHER_LABEL);
      return UNKNOWN;
    }

    private void count(RowProblem problem) {
      problems.merge(problem, 1, Integer::sum);
    }

    private void grow() {
      if (rows < times.length) {
        return;
      }
      times = Arrays.copyOf(times, 2 * rows);
      labels = Arrays.copyOf(labels, 2 * rows);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], 2 * rows);
      }
    }

    CsvTable table() {
      double[][] cut = new double[values.length][];
      for (int i = 0; i < values.length; i++) {
        cut[i] = Arrays.copyOf(values[i], rows);
      }
      return new CsvTable(
          new Table(device, columns.sensors, Arrays.copyOf(times, rows), cut),
          used.stream().toArray(),
          fileRows,
          columns.label.map(place -> Arrays.copyOf(labels, rows)),
          Map.copyOf(problems));
    }
  }
}
