package io.fieldwatch.benchmark.report;

import java.util.List;

/** What several runs came to; not a number where there was none. */
public record Spread(double median, double low, double high) {
  private static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

  /** Of any number of values; those that are not numbers are left out. */
  public static Spread of(List<Double> values) {
    double[] sorted =
        values.stream().mapToDouble(v -> v).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return NONE;
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
