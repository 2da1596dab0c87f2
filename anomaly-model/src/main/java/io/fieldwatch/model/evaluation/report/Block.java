package io.fieldwatch.model.evaluation.report;

import java.util.List;

/** A part of a report. */
sealed interface Block {
  /** Begins a section. */
  record Heading(String text) implements Block {}

  /** A paragraph. */
  record Text(String text) implements Block {}

  /** Rows of equal length below a header. */
  record Table(List<String> header, List<List<String>> rows) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
      for (List<String> row : rows) {
        if (row.size() != header.size()) {
          throw new IllegalArgumentException(
              "Invalid table: a row of %d cells below %d".formatted(row.size(), header.size()));
        }
      }
    }
  }

  /** A drawing; where none can be shown, its title stands for it. */
  record Drawing(Plot plot) implements Block {}
}
