package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When something was wrong with which device, as people say it beside the recordings. */
record Labels(Map<String, List<Period>> periods) implements Serializable {
  static final Labels NONE = new Labels(Map.of());

  private static final int CELLS = 3;

  /** Orders the periods of each device by time. */
  Labels {
    Map<String, List<Period>> ordered = new HashMap<>();
    periods.forEach(
        (device, all) ->
            ordered.put(
                device,
                all.stream().sorted(Comparator.comparingLong(Period::fromMillis)).toList()));
    periods = Map.copyOf(ordered);
  }

  /**
   * Reads lines {@code device,from,to}; the first may be a header.
   *
   * @throws IOException if the file cannot be read, or a line says nothing: a label that is
   *     misunderstood would be learnt as normal
   */
  static Labels read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read labels %s: there is no such file".formatted(file), e);
    }
    Map<String, List<Period>> periods = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).strip().split("\\s*,\\s*", -1);
      if (lines.get(i).isBlank() || (i == 0 && cells[0].equals("device"))) {
        continue;
      }
      try {
        periods.computeIfAbsent(cells[0], device -> new ArrayList<>()).add(period(cells));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IOException(
            "Cannot read labels %s: line %d is not device,from,to with times in milliseconds or ISO 8601"
                .formatted(file, i + 1),
            e);
      }
    }
    return new Labels(periods);
  }

  private static Period period(String[] cells) {
    if (cells.length != CELLS) {
      throw new IllegalArgumentException(cells.length + " cells");
    }
    Period period = new Period(millis(cells[1]), millis(cells[2]));
    if (period.toMillis() <= period.fromMillis()) {
      throw new IllegalArgumentException("ends before it begins");
    }
    return period;
  }

  private static long millis(String cell) {
    boolean isNumber = !cell.isEmpty() && cell.chars().allMatch(Character::isDigit);
    return isNumber ? Long.parseLong(cell) : Instant.parse(cell).toEpochMilli();
  }

  /** The recording with the periods of its device added to those that it has. */
  Recording on(Recording recording) {
    List<Period> said = periods.getOrDefault(recording.device(), List.of());
    if (said.isEmpty()) {
      return recording;
    }
    List<Period> anomalies = new ArrayList<>(recording.anomalies());
    anomalies.addAll(said);
    anomalies.sort(Comparator.comparingLong(Period::fromMillis));
    return new Recording(
        recording.device(), recording.series(), anomalies, recording.refusedRows());
  }

  /** What the provenance says of them: how many are of devices that were read. */
  Map<String, Object> facts(List<String> devices) {
    return periods.isEmpty()
        ? Map.of()
        : Map.of(
            "labelledAnomalies",
            devices.stream()
                .mapToInt(device -> periods.getOrDefault(device, List.of()).size())
                .sum());
  }
}
