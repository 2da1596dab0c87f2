package io.fieldwatch.model.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities mean what they say: rows by tenths of their probability.
 *
 * @param bins those that hold rows, ascending
 * @param error the mean distance between probability and truth, weighted by rows (ECE)
 */
public record Reliability(List<Bin> bins, double error) {
  private static final int BINS = 10;

  /**
   * Rows of like probability.
   *
   * @param rows how many
   * @param said their mean probability
   * @param was the share of them that were anomalous
   */
  public record Bin(long rows, double said, double was) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /** Over the rows of all devices. */
  public static Reliability of(List<Judged> devices) {
    long[] rows = new long[BINS];
    double[] said = new double[BINS];
    double[] was = new double[BINS];
    for (Judged device : devices) {
      for (int row = 0; row < device.probabilities().length; row++) {
        if (device.counts(row)) {
          int bin = (int) Math.min(BINS - 1, BINS * device.probabilities()[row]);
          rows[bin]++;
          said[bin] += device.probabilities()[row];
          was[bin] += device.anomalous(row) ? 1 : 0;
        }
      }
    }
    return of(rows, said, was);
  }

  private static Reliability of(long[] rows, double[] said, double[] was) {
    List<Bin> bins = new ArrayList<>();
    double distance = 0;
    long all = 0;
    for (int i = 0; i < BINS; i++) {
      if (rows[i] > 0) {
        bins.add(new Bin(rows[i], said[i] / rows[i], was[i] / rows[i]));
        distance += Math.abs(said[i] - was[i]);
        all += rows[i];
      }
    }
    return new Reliability(bins, all == 0 ? 0 : distance / all);
  }
}
