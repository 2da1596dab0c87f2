package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names that a panel takes from its query's answer: what it shows goes silently wrong when one
 * is missing.
 *
 * @param isTable whether rows become a table, whose columns are "Time", the tags and the fields
 * @param alias how a series is named otherwise, such as {@code $tag_site} or {@code $col}
 * @param displayNames names of series or columns that overrides and sorting refer to
 * @param labels tags that data links and aliases refer to
 * @param columns columns that data links and annotations refer to
 */
record ExpectedAnswer(
    boolean isTable,
    String alias,
    Set<String> displayNames,
    Set<String> labels,
    Set<String> columns) {

  private static final Pattern ALIAS_TAG =
      Pattern.compile("\\$tag_(\\w+)|\\[\\[tag_(\\w+)]]|\\$\\{tag_(\\w+)}");
  private static final Pattern LINK_LABEL =
      Pattern.compile("\\$\\{__field\\.labels\\.(\\w+)(?::\\w+)?}");
  private static final Pattern LINK_COLUMN =
      Pattern.compile("\\$\\{__data\\.fields\\.(\\w+)(?::\\w+)?}");

  ExpectedAnswer {
    displayNames = Set.copyOf(displayNames);
    labels = Set.copyOf(labels);
    columns = Set.copyOf(columns);
  }

  static ExpectedAnswer ofVariable() {
    return new ExpectedAnswer(true, "", Set.of(), Set.of(), Set.of("value"));
  }

  static ExpectedAnswer ofAnnotation(JsonNode annotation) {
    Set<String> columns = new HashSet<>();
    for (String key : List.of("textColumn", "tagsColumn", "titleColumn", "timeEndColumn")) {
      columns.add(annotation.path("target").path(key).asText());
    }
    columns.remove("");
    return new ExpectedAnswer(true, "", Set.of(), Set.of(), columns);
  }

  static ExpectedAnswer ofPanel(JsonNode panel, JsonNode target) {
    String alias = target.path("alias").asText();
    String config = panel.path("fieldConfig").toString();
    Set<String> labels = names(LINK_LABEL, config);
    labels.addAll(names(ALIAS_TAG, alias));
    return new ExpectedAnswer(
        target.path("resultFormat").asText().equals("table"),
        alias,
        displayNames(panel),
        labels,
        names(LINK_COLUMN, config));
  }

  private static Set<String> displayNames(JsonNode panel) {
    Set<String> names = new HashSet<>();
    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
      if (override.path("matcher").path("id").asText().equals("byName")) {
        names.add(override.path("matcher").path("options").asText());
      }
      for (JsonNode property : override.path("properties")) {
        if (property.path("id").asText().equals("custom.fillBelowTo")) {
          names.add(property.path("value").asText());
        }
      }
    }
    panel.path("options").path("sortBy").forEach(by -> names.add(by.path("displayName").asText()));
    return names;
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new HashSet<>();
    pattern
        .matcher(text)
        .results()
        .forEach(
            match -> {
              for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                  names.add(match.group(group));
                }
              }
            });
    return names;
  }

  /** What the answer lacks, one sentence each. */
  List<String> missingIn(List<Series> answer) {
    List<String> missing = new ArrayList<>();
    Set<String> shown = new TreeSet<>();
    for (Series series : answer) {
      Set<String> names = new HashSet<>(series.columns());
      names.addAll(series.tags().keySet());
      columns.stream()
          .filter(column -> !names.contains(column))
          .forEach(column -> missing.add("the answer has no column '" + column + "'"));
      labels.stream()
          .filter(label -> !series.tags().containsKey(label))
          .forEach(label -> missing.add("the answer has no tag '" + label + "'"));
      shown.addAll(shownNames(series));
    }
    displayNames.stream()
        .filter(name -> !shown.contains(name))
        .forEach(name -> missing.add("nothing is shown as '" + name + "', only as " + shown));
    return missing.stream().distinct().toList();
  }

  private Set<String> shownNames(Series series) {
    Set<String> names = new HashSet<>();
    if (isTable) {
      names.add("Time");
      names.addAll(series.tags().keySet());
      names.addAll(series.columns());
      return names;
    }
    for (String column : series.fields()) {
      String name = alias.replaceAll("\\$col\\b", column);
      for (var tag : series.tags().entrySet()) {
        name = name.replace("$tag_" + tag.getKey(), tag.getValue());
      }
      names.add(name);
    }
    return names;
  }
}
