package io.fieldwatch.local.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads the line protocol that the stream job writes, in which names and tags need no escapes. */
final class LineProtocol {
  private final String line;
  private int next;

  private LineProtocol(String line) {
    this.line = line;
  }

  /** A point and its fields: {@link Long}, {@link Double}, {@link Boolean} or {@link String}. */
  record Parsed(PointId id, Map<String, Object> fields) {}

  static Parsed parse(String line) {
    LineProtocol parser = new LineProtocol(line);
    try {
      return parser.point();
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("Cannot read the point '" + line + "'", e);
    }
  }

  private Parsed point() {
    String[] series = until(' ').split(",");
    TreeMap<String, String> tags = new TreeMap<>();
    for (int i = 1; i < series.length; i++) {
      int equals = series[i].indexOf('=');
      tags.put(series[i].substring(0, equals), series[i].substring(equals + 1));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    do {
      fields.put(until('='), value());
    } while (line.charAt(next++) == ',');
    long time = Long.parseLong(line.substring(next));
    return new Parsed(new PointId(series[0], tags, time), fields);
  }

  private String until(char end) {
    int from = next;
    int to = line.indexOf(end, from);
    next = to + 1;
    return line.substring(from, to);
  }

  private Object value() {
    if (line.charAt(next) == '"') {
      return text();
    }
    int from = next;
    while (line.charAt(next) != ',' && line.charAt(next) != ' ') {
      next++;
    }
    String word = line.substring(from, next);
    if (word.equals("true") || word.equals("false")) {
      return Boolean.valueOf(word);
    }
    return word.endsWith("i")
        ? (Object) Long.valueOf(word.substring(0, word.length() - 1))
        : (Object) Double.valueOf(word);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    next++;
    while (line.charAt(next) != '"') {
      if (line.charAt(next) == '\\') {
        next++;
      }
      text.append(line.charAt(next++));
    }
    next++;
    return text.toString();
  }
}
