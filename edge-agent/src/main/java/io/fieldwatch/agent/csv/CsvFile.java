package io.fieldwatch.agent.csv;

import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of readings: a header, one column of times, one column per sensor. The delimiter is
 * found (comma, semicolon or tab), and so is the time column: the one named {@code time}, {@code
 * timestamp}, {@code datetime}, {@code date} or {@code ts}, else the first whose first value is a
 * time. Empty cells and {@code nan} give no reading. Characters that a sensor's name may not have
 * become {@code _}.
 *
 * <p>Read as a stream, by one thread.
 */
public final class CsvFile implements Closeable {
  private static final Set<String> TIME_NAMES =
      Set.of("time", "timestamp", "datetime", "date", "ts");
  private static final Set<String> MISSING = Set.of("", "nan", "null", "na");
  private static final int MAX_NAME_LENGTH = 64;

  private final BufferedReader reader;
  private final char delimiter;
  private final List<String> header;
  private final int timeColumn;
  private final List<String> sensors = new ArrayList<>();
  private final List<Integer> sensorColumns = new ArrayList<>();
  private @Nullable String nextLine;
  private long lineNumber = 1;

  private CsvFile(BufferedReader reader, Set<String> ignored)
      throws IOException, FileRejectedException {
    this.reader = reader;
    String first = line();
    if (first == null || first.isBlank()) {
      throw new FileRejectedException("Cannot read CSV: the first line has no column names");
    }
    String names = first.startsWith("\uFEFF") ? first.substring(1) : first;
    this.delimiter = CsvLine.delimiterOf(names);
    this.header = CsvLine.split(names, delimiter);
    nextLine = line();
    this.timeColumn = findTimeColumn();
    findSensors(ignored);
  }

  /**
   * Opens a file and reads its header.
   *
   * @param ignored names of columns that are no sensors
   * @throws FileRejectedException if it is no CSV file of readings
   */
  public static CsvFile open(Path file, Set<String> ignored)
      throws IOException, FileRejectedException {
    BufferedReader reader = Files.newBufferedReader(file);
    boolean opened = false;
    try {
      CsvFile csv = new CsvFile(reader, ignored);
      opened = true;
      return csv;
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  private int findTimeColumn() throws FileRejectedException {
    for (int i = 0; i < header.size(); i++) {
      if (TIME_NAMES.contains(header.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    List<String> first = nextLine == null ? List.of() : CsvLine.split(nextLine, delimiter);
    for (int i = 0; i < Math.min(first.size(), header.size()); i++) {
      if (TimeText.toMillis(first.get(i)).isPresent()) {
        return i;
      }
    }
    throw new FileRejectedException(
        "Cannot find the time column: none is named time, timestamp, datetime, date or ts, and none"
            + " begins with a time");
  }

  private void findSensors(Set<String> ignored) throws FileRejectedException {
    for (int i = 0; i < header.size(); i++) {
      if (i != timeColumn && !header.get(i).isEmpty() && !ignored.contains(header.get(i))) {
        sensors.add(sensorName(header.get(i)));
        sensorColumns.add(i);
      }
    }
    if (sensors.isEmpty()) {
      throw new FileRejectedException("Cannot read CSV: there is no column beside the time");
    }
    if (new HashSet<>(sensors).size() < sensors.size()) {
      throw new FileRejectedException("Cannot read CSV: two columns have the same name " + sensors);
    }
  }

  private static String sensorName(String column) throws FileRejectedException {
    String name = column.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[^A-Za-z0-9]+", "");
    String cut = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
    if (!DeviceId.isName(cut)) {
      throw new FileRejectedException("Cannot make a sensor name of column '" + column + "'");
    }
    return cut;
  }

  /** The sensors' names, in the order of the columns. */
  public List<String> sensors() {
    return List.copyOf(sensors);
  }

  /**
   * The next row; empty at the end of the file. Blank lines are passed over.
   *
   * @throws FileRejectedException if a cell is not what its column holds, or the row has more than
   *     {@link PackWriter#MAX_READINGS} readings
   */
  public Optional<Row> next() throws IOException, FileRejectedException {
    while (nextLine != null) {
      String current = nextLine;
      lineNumber++;
      nextLine = line();
      if (!current.isBlank()) {
        return Optional.of(row(CsvLine.split(current, delimiter)));
      }
    }
    return Optional.empty();
  }

  private Row row(List<String> cells) throws FileRejectedException {
    if (cells.size() != header.size()) {
      throw new FileRejectedException(
          "Cannot read line %d: it has %d cells, expected %d"
              .formatted(lineNumber, cells.size(), header.size()));
    }
    OptionalLong time = TimeText.toMillis(cells.get(timeColumn));
    if (time.isEmpty()) {
      throw rejected(timeColumn, cells, "a time from 1978 to 9999");
    }
    List<Reading> readings = new ArrayList<>(sensors.size());
    for (int i = 0; i < sensors.size(); i++) {
      OptionalDouble value = value(sensorColumns.get(i), cells);
      if (value.isPresent()) {
        readings.add(new Reading(sensors.get(i), time.getAsLong(), value.getAsDouble(), ""));
      }
    }
    requireOnePack(readings);
    return new Row(time.getAsLong(), readings);
  }

  /** How far a file is published is counted in rows, so a row is not divided. */
  private void requireOnePack(List<Reading> readings) throws FileRejectedException {
    if (readings.size() > PackWriter.MAX_READINGS) {
      throw new FileRejectedException(
          "Cannot read line %d: it has %d readings, a pack holds %d at most"
              .formatted(lineNumber, readings.size(), PackWriter.MAX_READINGS));
    }
  }

  private OptionalDouble value(int column, List<String> cells) throws FileRejectedException {
    String cell = cells.get(column);
    if (MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw rejected(column, cells, "a number");
    }
    throw rejected(column, cells, "a finite number");
  }

  private FileRejectedException rejected(int column, List<String> cells, String expected) {
    String cell = cells.get(column);
    String shown = cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
    return new FileRejectedException(
        "Cannot read line %d, column '%s': '%s', expected %s"
            .formatted(lineNumber, header.get(column), shown, expected));
  }

  private @Nullable String line() throws IOException, FileRejectedException {
    try {
      return reader.readLine();
    } catch (MalformedInputException e) {
      throw new FileRejectedException("Cannot read CSV: it is not UTF-8 text");
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
