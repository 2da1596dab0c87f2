package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.recording.CsvTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes what a model thinks of a CSV file: a line for each of its rows, in their order, with
 * {@code row,time,probability,flagged,because}. Times are those by which it was scored. A row that
 * could not be used has probability 0 and says why; every probability is a number from 0 to 1. A
 * crash leaves no file, or the one before.
 */
public final class ScoreFile {
  /** What the names of such files end in. */
  public static final String SUFFIX = ".scores.csv";

  private ScoreFile() {}

  /**
   * Writes the file.
   *
   * @param threshold least probability that is flagged
   */
  public static void write(Path file, CsvTable input, ModelDetector.Scored scored, double threshold)
      throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
      out.write("row,time,probability,flagged,because\n");
      int[] rows = rowsOfFile(input);
      for (int fileRow = 0; fileRow < rows.length; fileRow++) {
        int row = rows[fileRow];
        if (row >= 0) {
          double probability = scored.probabilities()[row];
          boolean flagged = probability >= threshold;
          out.write(fileRow + "," + Instant.ofEpochMilli(input.table().timesMillis()[row]) + ",");
          out.write(probability + (flagged ? ",1," : ",0,") + quoted(scored.reasons()[row]) + "\n");
        } else {
          out.write(fileRow + ",,0.0,0,row could not be read\n");
        }
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** For each row of the file the table's, -1 without. */
  private static int[] rowsOfFile(CsvTable input) {
    int[] rows = new int[input.fileRows()];
    Arrays.fill(rows, -1);
    for (int row = 0; row < input.table().rows(); row++) {
      rows[input.fileRow(row)] = row;
    }
    return rows;
  }

  private static String quoted(String text) {
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
