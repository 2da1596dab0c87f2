package io.fieldwatch.agent.csv;

import java.util.ArrayList;
import java.util.List;

/** Splits a line at a delimiter; fields may be in double quotes, two of them stand for one. */
final class CsvLine {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  private CsvLine() {}

  /** The delimiter that occurs most often; a comma where none does. */
  static char delimiterOf(String header) {
    char best = ',';
    long most = 0;
    for (char delimiter : DELIMITERS) {
      long count = header.chars().filter(c -> c == delimiter).count();
      if (count > most) {
        most = count;
        best = delimiter;
      }
    }
    return best;
  }

  static List<String> split(String line, char delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
