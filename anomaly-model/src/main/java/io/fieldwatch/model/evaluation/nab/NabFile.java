package io.fieldwatch.model.evaluation.nab;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.evaluation.Labelled;
import io.fieldwatch.model.recording.Table;
import java.util.Arrays;
import java.util.List;

/**
 * One series of the benchmark.
 *
 * @param name its path below {@code data/}, {@code realTweets/Twitter_volume_IBM.csv}
 * @param table its one sensor
 * @param windows where an anomaly is to be found, by time, not overlapping
 */
public record NabFile(String name, Table table, List<Window> windows) {
  private static final double PROBATION_SHARE = 0.15;
  private static final int GREATEST_PROBATION = 750;

  /**
   * A labelled window.
   *
   * @param firstRow the first row in it
   * @param lastRow the last row in it
   */
  public record Window(int firstRow, int lastRow) {
    public Window {
      if (firstRow < 0 || lastRow < firstRow) {
        throw new IllegalArgumentException(
            "Invalid window: rows %d to %d".formatted(firstRow, lastRow));
      }
    }

    int rows() {
      return lastRow - firstRow + 1;
    }
  }

  public NabFile {
    requireNonNull(name, "name is null");
    windows = List.copyOf(windows);
    int free = 0;
    for (Window window : windows) {
      if (window.firstRow() < free || window.lastRow() >= table.rows()) {
        throw new IllegalArgumentException(
            "Invalid windows of %s: rows %d to %d overlap or lie outside"
                .formatted(name, window.firstRow(), window.lastRow()));
      }
      free = window.lastRow() + 1;
    }
  }

  /** So many rows at the head are for learning and are not scored. */
  public int probationRows() {
    return Math.min((int) Math.floor(PROBATION_SHARE * table.rows()), GREATEST_PROBATION);
  }

  /** The rows in windows as anomalous, those behind probation as judged. */
  public Labelled labelled() {
    byte[] labels = new byte[table.rows()];
    for (Window window : windows) {
      Arrays.fill(labels, window.firstRow(), window.lastRow() + 1, (byte) 1);
    }
    return new Labelled(table, labels, probationRows());
  }
}
