package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.recording.CsvTable;
import io.fieldwatch.model.recording.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Writes what a model thinks of a CSV file: a line for each of its rows, in their order, with
 * {@code row,time,probability,flagged,because}. A row that could not be used has probability 0 and
 * says why; every probability is a number from 0 to 1. A crash leaves no file, or the one before.
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
      int row = 0;
      for (int fileRow = 0; fileRow < input.fileRows(); fileRow++) {
        Table table = input.table();
        if (row < table.rows() && input.fileRow(row) == fileRow) {
          double probability = scored.probabilities()[row];
          boolean flagged = probability >= threshold;
          out.write(fileRow + "," + Instant.ofEpochMilli(table.timesMillis()[row]) + ",");
          out.write(probability + (flagged ? ",1," : ",0,") + quoted(scored.reasons()[row]) + "\n");
          row++;
        } else {
          out.write(fileRow + ",,0.0,0,row could not be read\n");
        }
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String quoted(String text) {
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
