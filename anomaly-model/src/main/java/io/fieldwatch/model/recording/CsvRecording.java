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
 * order. An empty cell is no reading. A row is refused and counted, not the file, when its time is
 * no integer, a cell is no finite number, or the number of cells is wrong.
 */
public final class CsvRecording {
  private static final String TIME = "time";

  private final List<String> sensors = new ArrayList<>();
  private final int columns;
  private final int timeColumn;
  private final List<Row> rows = new ArrayList<>();
  private long refusedRows;

  /** One instant; NaN where a sensor gave nothing. */
  private static final class Row {
    final long timeMillis;
    final double[] cells;

    Row(long timeMillis, double[] cells) {
      this.timeMillis = timeMillis;
      this.cells = cells;
    }
  }

  private CsvRecording(String[] header, int timeColumn) {
    this.columns = header.length;
    this.timeColumn = timeColumn;
    for (int i = 0; i < header.length; i++) {
      if (i != timeColumn) {
        sensors.add(header[i].strip());
      }
    }
  }

  /**
   * Reads to the end of the file, which stays open.
   *
   * @throws IOException if the file has no header with a column {@code time}, or cannot be read
   */
  public static Recording read(String device, BufferedReader file) throws IOException {
    String first = file.readLine();
    String[] header = first == null ? new String[0] : first.split(",", -1);
    int timeColumn = Arrays.stream(header).map(String::strip).toList().indexOf(TIME);
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
        if (i != timeColumn) {
          values[next++] = value(cells[i].strip());
        }
      }
      rows.add(new Row(Long.parseLong(cells[timeColumn].strip()), values));
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

  private Recording recording(String device) {
    rows.sort(Comparator.comparingLong(row -> row.timeMillis));
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < sensors.size(); i++) {
      series.add(series(device, i));
    }
    return new Recording(device, series, refusedRows);
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
