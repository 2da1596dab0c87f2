package io.fieldwatch.model.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The text of a CSV file, from its beginning as often as it is asked for. */
interface CsvLines {
  /** Takes a line, and its number in the file, from 1. */
  interface Sink {
    void accept(String line, int number);
  }

  /** At the beginning; to be closed by the caller. */
  BufferedReader open() throws IOException;

  /** Hands on the lines that are not blank, but for the first of them. */
  default void forEach(int skipped, Sink sink) throws IOException {
    try (BufferedReader reader = open()) {
      int seen = 0;
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && ++seen > skipped) {
          sink.accept(withoutMark(line, number), number);
        }
        number++;
      }
    }
  }

  /** The first lines that are not blank, as many as there are. */
  default List<String> first(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = open()) {
      int number = 1;
      for (String line = reader.readLine();
          line != null && lines.size() < count;
          line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(withoutMark(line, number));
        }
        number++;
      }
    }
    return lines;
  }

  /** Some programs begin UTF-8 with a mark. */
  private static String withoutMark(String line, int number) {
    return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
