package io.fieldwatch.model.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each column of a file is: decided by names and by what cells look like, column by column,
 * and never by what the values of one have to do with those of another.
 *
 * @param time where times come from
 * @param label where labels come from, if anywhere
 * @param sensors what is scored, at least one
 * @param leftOut what is nothing, by the column's name, with the reason
 */
record Columns(
    TimeColumn time, LabelColumn label, List<Column> sensors, Map<String, String> leftOut) {
  /**
   * Decides.
   *
   * @throws IOException if no column is a sensor
   */
  static Columns of(String device, Survey survey, ColumnWishes wishes) throws IOException {
    List<Column> wanted =
        survey.columns().stream()
            .filter(column -> wishes.ignored().stream().noneMatch(column::isCalled))
            .toList();
    LabelColumn label =
        LabelColumn.among(
            wanted.stream().filter(c -> !isWished(c, wishes.time())).toList(), wishes.label());
    List<Column> open =
        wanted.stream()
            .filter(c -> !label.leftOut().containsKey(c) && !label.column().equals(Optional.of(c)))
            .toList();
    TimeColumn time = TimeColumn.among(open, wishes.time(), survey.cells());
    Map<String, String> leftOut = new LinkedHashMap<>();
    List<Column> sensors = new ArrayList<>();
    Set<Column> others = new HashSet<>(open);
    for (Column column : survey.columns()) {
      Optional<String> why =
          others.contains(column)
              ? whyNoSensor(column, survey)
              : Optional.of(label.leftOut().getOrDefault(column, "as asked"));
      boolean isUsed =
          time.columns().contains(column) || label.column().equals(Optional.of(column));
      if (!isUsed && why.isPresent()) {
        leftOut.put(column.shown(), why.get());
      } else if (!isUsed) {
        sensors.add(column);
      }
    }
    if (sensors.isEmpty()) {
      throw new IOException("Cannot read '%s': %s".formatted(device, whyNone(open, leftOut)));
    }
    return new Columns(time, label, sensors, leftOut);
  }

  private static boolean isWished(Column column, Optional<String> wished) {
    return wished.isPresent() && column.isCalled(wished.get());
  }

  private static Optional<String> whyNoSensor(Column column, Survey survey) {
    Optional<String> why = TimeColumn.whyNoSensor(column);
    if (why.isPresent() || !survey.hasFittingRows()) {
      return why;
    }
    if (column.facts().isEmpty()) {
      return Optional.of("empty");
    }
    return column.facts().hasNumbers() ? why : Optional.of("holds no numbers");
  }

  private static String whyNone(List<Column> open, Map<String, String> leftOut) {
    if (leftOut.isEmpty()) {
      return "its header names no sensor";
    }
    String words = "";
    for (Column column : open) {
      boolean isFirst = words.isEmpty() && "holds no numbers".equals(leftOut.get(column.shown()));
      words = isFirst ? ": " + column.facts().firstWord() + " in column " + column.shown() : words;
    }
    return "no column holds numbers of a sensor" + words;
  }
}
