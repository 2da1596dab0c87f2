package io.fieldwatch.model.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the recording of one device: a header line with {@code time} and the sensors' names, then a
 * line for each instant, separated by commas. Times are milliseconds since the Unix epoch, in any
 * order. An empty cell is no reading. A column {@code anomaly} says with 0 and 1 when something was
 * wrong; empty is 0. A row is refused and counted, not the file, when its time is no integer, a
 * cell is no finite number, the label another number, or the number of cells wrong.
 */
public final class CsvRecording {
  private static final String TIME = "time";
  private static final String LABEL = "anomaly";

  private final List<String> sensors = new ArrayList<>();
  private final int columns;
  private final int timeColumn;

  /** -1 without. */
  private final int labelColumn;

  private final List<Row> rows = new ArrayList<>();
  private long refusedRows;

  /** One instant; NaN where a sensor gave nothing. */
  private static final class Row {
    final long timeMillis;
    final double[] cells;
    final boolean isAnomalous;

    Row(long timeMillis, double[] cells, double label) {
      this.timeMillis = timeMillis;
      this.cells = cells;
      this.isAnomalous = label == 1;
    }
  }

  private CsvRecording(String[] header, int timeColumn) {
    this.columns = header.length;
    this.timeColumn = timeColumn;
    this.labelColumn = names(header).indexOf(LABEL);
    for (int i = 0; i < header.length; i++) {
      if (i != timeColumn && i != labelColumn) {
        sensors.add(header[i].strip());
      }
    }
  }

  private static List<String> names(String[] header) {
    return Arrays.stream(header).map(String::strip).toList();
  }

  /**
   * Reads to the end of the file, which stays open.
   *
   * @throws IOException if the file has no header with a column {@code time}, or cannot be read
   */
  public static Recording read(String device, BufferedReader file) throws IOException {
    String first = file.readLine();
    String[] header = first == null ? new String[0] : first.split(",", -1);
    int timeColumn = names(header).indexOf(TIME);
    if (timeColumn < 0) {
      throw new IOException(
          "Cannot read recording of '" + device + "': its first line has no column 'time'");
    }
    CsvRecording csv = new CsvRecording(header, timeColumn);
    for (String line = file.readLine(); line != null; line = file.readLine()) {
      if (!line.isBlank()) {
        csv.add(line);
      }
    }
    return csv.recording(device);
  }

  private void add(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != columns) {
      refusedRows++;
      return;
    }
    try {
      double[] values = new double[sensors.size()];
      int next = 0;
      for (int i = 0; i < columns; i++) {
        if (i != timeColumn && i != labelColumn) {
          values[next++] = value(cells[i].strip());
        }
      }
      double label = labelColumn < 0 ? 0 : label(cells[labelColumn].strip());
      rows.add(new Row(Long.parseLong(cells[timeColumn].strip()), values, label));
    } catch (NumberFormatException e) {
      // Counted: one bad row must not cost a day of data.
      refusedRows++;
    }
  }

  private static double value(String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }

  private static double label(String cell) {
    double label = cell.isEmpty() ? 0 : Double.parseDouble(cell);
    if (label != 0 && label != 1) {
      throw new NumberFormatException("neither 0 nor 1");
    }
    return label;
  }

  private Recording recording(String device) {
    rows.sort(Comparator.comparingLong(row -> row.timeMillis));
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < sensors.size(); i++) {
      series.add(series(device, i));
    }
    return new Recording(device, series, anomalies(), refusedRows);
  }

  /** From the first anomalous row of a run to the first normal one after it. */
  private List<Period> anomalies() {
    List<Period> anomalies = new ArrayList<>();
    int from = 0;
    while (from < rows.size()) {
      int to = from;
      while (to < rows.size() && rows.get(to).isAnomalous) {
        to++;
      }
      if (to > from) {
        long end = to < rows.size() ? rows.get(to).timeMillis : rows.get(to - 1).timeMillis + 1;
        anomalies.add(new Period(rows.get(from).timeMillis, end));
      }
      from = to + 1;
    }
    return anomalies;
  }

  private Series series(String device, int sensor) {
    int length = 0;
    long[] times = new long[rows.size()];
    double[] values = new double[rows.size()];
    for (Row row : rows) {
      if (!Double.isNaN(row.cells[sensor])) {
        times[length] = row.timeMillis;
        values[length++] = row.cells[sensor];
      }
    }
    return new Series(
        device, sensors.get(sensor), Arrays.copyOf(times, length), Arrays.copyOf(values, length));
  }
}
