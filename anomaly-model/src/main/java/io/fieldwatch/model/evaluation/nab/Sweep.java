package io.fieldwatch.model.evaluation.nab;

import java.util.Arrays;
import java.util.List;

/**
 * All rows that count, by descending score: every distinct score is a threshold, and passing the
 * rows in this order tries them all.
 */
final class Sweep {
  /** Instead of a file's index: leave none out. */
  static final int NONE = -1;

  private static final int NO_WINDOW = -1;

  private final int files;
  private final int[] windowsOfFile;
  private final int windows;
  private final double[] scores;
  private final int[] fileOfRow;
  private final int[] windowOfRow;
  private final double[] worth;

  /**
   * @param scores a score for each row of each file, never NaN
   */
  Sweep(List<NabFile> corpus, List<double[]> scores) {
    files = corpus.size();
    windowsOfFile = corpus.stream().mapToInt(file -> file.windows().size()).toArray();
    windows = Arrays.stream(windowsOfFile).sum();
    Unsorted rows = new Unsorted(corpus, scores);
    Integer[] order = rows.byDescendingScore();
    this.scores = new double[order.length];
    fileOfRow = new int[order.length];
    windowOfRow = new int[order.length];
    worth = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      this.scores[i] = rows.scores[order[i]];
      fileOfRow[i] = rows.files[order[i]];
      windowOfRow[i] = rows.windows[order[i]];
      worth[i] = rows.worth[order[i]];
    }
  }

  /** The rows behind probation whose score may raise an alarm, file by file. */
  private static final class Unsorted {
    final double[] scores;
    final int[] files;
    final int[] windows;
    final double[] worth;
    private int length;

    Unsorted(List<NabFile> corpus, List<double[]> scoresOfFiles) {
      int rows = corpus.stream().mapToInt(file -> file.table().rows()).sum();
      scores = new double[rows];
      files = new int[rows];
      windows = new int[rows];
      worth = new double[rows];
      int firstWindow = 0;
      for (int i = 0; i < corpus.size(); i++) {
        add(corpus.get(i), i, scoresOfFiles.get(i), firstWindow);
        firstWindow += corpus.get(i).windows().size();
      }
    }

    private void add(NabFile file, int index, double[] scoresOfFile, int firstWindow) {
      double[] worthOfFile = Worth.of(file);
      int[] windowsOfFile = new int[worthOfFile.length];
      Arrays.fill(windowsOfFile, NO_WINDOW);
      for (int i = 0; i < file.windows().size(); i++) {
        NabFile.Window window = file.windows().get(i);
        Arrays.fill(windowsOfFile, window.firstRow(), window.lastRow() + 1, firstWindow + i);
      }
      for (int row = file.probationRows(); row < worthOfFile.length; row++) {
        if (Double.isNaN(scoresOfFile[row])) {
          throw new IllegalArgumentException(
              "Invalid score of %s: row %d has NaN".formatted(file.name(), row));
        }
        if (scoresOfFile[row] != Double.NEGATIVE_INFINITY) {
          scores[length] = scoresOfFile[row];
          files[length] = index;
          windows[length] = windowsOfFile[row];
          worth[length++] = worthOfFile[row];
        }
      }
    }

    Integer[] byDescendingScore() {
      Integer[] order = new Integer[length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
      return order;
    }
  }

  /**
   * The threshold with the best score; of equal ones the highest. Infinity where detecting nothing
   * is best.
   *
   * @param without a file that is left out, or {@link #NONE}
   */
  double bestThreshold(Profile profile, int without) {
    double[] found = new double[windows];
    double gain = 0;
    double bestGain = 0;
    double best = Double.POSITIVE_INFINITY;
    double threshold = Double.POSITIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      if (fileOfRow[i] == without) {
        continue;
      }
      if (scores[i] != threshold) {
        if (gain > bestGain) {
          bestGain = gain;
          best = threshold;
        }
        threshold = scores[i];
      }
      gain += gain(i, profile, found);
    }
    return gain > bestGain ? threshold : best;
  }

  /** What detecting the row as well adds to the score. */
  private double gain(int row, Profile profile, double[] found) {
    int window = windowOfRow[row];
    if (window == NO_WINDOW) {
      return profile.falsePositiveCost() * worth[row];
    }
    double before = found[window];
    if (worth[row] <= before) {
      return 0;
    }
    found[window] = worth[row];
    return worth[row] - before + (before == 0 ? profile.missCost() : 0);
  }

  /** What detecting every row with this score or more reaches in each file. */
  Tally[] tallies(double threshold) {
    double[] found = new double[windows];
    int[] falsePositives = new int[files];
    double[] lost = new double[files];
    for (int i = 0; i < scores.length && scores[i] >= threshold; i++) {
      if (windowOfRow[i] == NO_WINDOW) {
        falsePositives[fileOfRow[i]]++;
        lost[fileOfRow[i]] += worth[i];
      } else {
        found[windowOfRow[i]] = Math.max(found[windowOfRow[i]], worth[i]);
      }
    }
    Tally[] tallies = new Tally[files];
    int window = 0;
    for (int file = 0; file < files; file++) {
      int hits = 0;
      double gained = 0;
      for (int i = 0; i < windowsOfFile[file]; i++, window++) {
        hits += found[window] > 0 ? 1 : 0;
        gained += found[window];
      }
      tallies[file] =
          new Tally(windowsOfFile[file], hits, gained, falsePositives[file], lost[file]);
    }
    return tallies;
  }
}
