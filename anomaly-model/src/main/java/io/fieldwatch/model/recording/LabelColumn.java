package io.fieldwatch.model.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which column holds the labels: the one the user names, else {@code anomaly}, else the only one
 * with a usual name that holds nothing but 0 and 1. No other column with a usual name is a sensor,
 * because a model that saw it would know the answers. What the values have to do with those of
 * sensors plays no part.
 *
 * @param column empty if there are no labels
 * @param leftOut other columns named as labels are, with the reason why they are nothing
 */
record LabelColumn(Optional<Column> column, Map<Column, String> leftOut) {
  private static final String NAME = "anomaly";

  /** Parts of names that say it all. */
  private static final Set<String> STEMS =
      Set.of("anomal", "outlier", "changepoint", "groundtruth", "label");

  private static final Set<String> USUAL =
      Set.of(
          "abnormal",
          "attack",
          "attacks",
          "attacktype",
          "class",
          "classes",
          "failure",
          "failures",
          "fault",
          "faults",
          "faulttype",
          "faulty",
          "gt",
          "isabnormal",
          "isattack",
          "isfailure",
          "isfault",
          "isfaulty",
          "normalattack",
          "target");

  static LabelColumn among(List<Column> columns, Optional<String> wished) {
    Optional<Column> named =
        columns.stream().filter(c -> wished.isPresent() && c.isCalled(wished.get())).findFirst();
    Optional<Column> certain =
        named.or(() -> columns.stream().filter(c -> c.name().equalsIgnoreCase(NAME)).findFirst());
    List<Column> usual = columns.stream().filter(c -> isUsual(c.name())).toList();
    List<Column> binary = usual.stream().filter(c -> c.facts().isBinary()).toList();
    Optional<Column> label =
        certain.or(() -> binary.size() == 1 ? Optional.of(binary.get(0)) : Optional.empty());
    Map<Column, String> leftOut = new LinkedHashMap<>();
    for (Column column : usual) {
      if (!label.equals(Optional.of(column))) {
        leftOut.put(column, reason(column, label));
      }
    }
    return new LabelColumn(label, leftOut);
  }

  private static String reason(Column column, Optional<Column> label) {
    if (label.isPresent()) {
      return "named as labels are";
    }
    return column.facts().isBinary()
        ? "one of several that may be the label"
        : "named as labels are, but not all 0 or 1";
  }

  /** By letters and digits alone, so that is_anomaly, isAnomaly and Is Anomaly are one. */
  private static boolean isUsual(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return USUAL.contains(bare) || STEMS.stream().anyMatch(bare::contains);
  }

  /** Whether an empty cell is a 0: where nothing but 1 is ever written. */
  boolean isEmptyNormal() {
    return column.isPresent() && column.get().facts().isOnlyOnes();
  }
}
