package io.fieldwatch.dashboards;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A point as the stream job writes it: whole numbers are integers, the others floats. */
record Point(String measurement, long time, Map<String, String> tags, Map<String, Object> fields) {

  Point {
    tags = new TreeMap<>(tags);
    fields = new TreeMap<>(fields);
  }

  String tag(String name) {
    return tags.getOrDefault(name, "");
  }

  double number(String field) {
    return ((Number) fields.getOrDefault(field, Double.NaN)).doubleValue();
  }

  String line() {
    return measurement
        + tags.entrySet().stream()
            .map(t -> "," + t.getKey() + "=" + t.getValue())
            .collect(Collectors.joining())
        + " "
        + fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + literal(f.getValue()))
            .collect(Collectors.joining(","))
        + " "
        + time;
  }

  private static String literal(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return value + "i";
    }
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }
}
