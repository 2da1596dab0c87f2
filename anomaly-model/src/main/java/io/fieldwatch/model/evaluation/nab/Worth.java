package io.fieldwatch.model.evaluation.nab;

import java.util.Arrays;

/**
 * What a detection at each row of a file is worth before costs: within a window from 1 at its first
 * row falling to nearly 0 at its last; behind a window from 0 falling to −1, and −1 before the
 * first.
 */
final class Worth {
  private static final double FAR_BEHIND = 3;
  private static final double FIRST = sigmoid(-1);

  private Worth() {}

  static double[] of(NabFile file) {
    double[] worth = new double[file.table().rows()];
    Arrays.fill(worth, -1);
    for (int i = 0; i < file.windows().size(); i++) {
      NabFile.Window window = file.windows().get(i);
      for (int row = window.firstRow(); row <= window.lastRow(); row++) {
        worth[row] = sigmoid(-(window.lastRow() - row + 1) / (double) window.rows()) / FIRST;
      }
      int next =
          i + 1 < file.windows().size() ? file.windows().get(i + 1).firstRow() : worth.length;
      for (int row = window.lastRow() + 1; row < next; row++) {
        worth[row] = behind(row - window.lastRow(), window);
      }
    }
    return worth;
  }

  private static double behind(int rows, NabFile.Window window) {
    // The protocol divides by the width less one; a window of one row is left at once.
    double position = window.rows() == 1 ? FAR_BEHIND : rows / (window.rows() - 1.0);
    return position >= FAR_BEHIND ? -1 : sigmoid(position);
  }

  /** From 1 far before the position 0 to −1 far behind it. */
  private static double sigmoid(double position) {
    return 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
