package io.fieldwatch.model.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How precision falls as recall grows, over all thresholds, row by row; nothing is forgiven for
 * lying near an anomaly.
 *
 * @param points by falling threshold, one for each distinct probability
 * @param prevalence the share of anomalous rows: the precision of guessing
 * @param averagePrecision the area under the steps; 0 without anomalous rows
 */
public record PrecisionRecall(List<Point> points, double prevalence, double averagePrecision) {
  /** What one threshold reaches. */
  public record Point(double threshold, double precision, double recall) {
    /** The harmonic mean of both. */
    public double f1() {
      return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
  }

  public PrecisionRecall {
    points = List.copyOf(points);
  }

  /** Over the rows of all devices. */
  public static PrecisionRecall of(List<Judged> devices) {
    long[] rows = sorted(devices);
    long anomalous = Arrays.stream(rows).map(row -> row & 1).sum();
    List<Point> points = new ArrayList<>();
    double area = 0;
    long found = 0;
    for (int i = rows.length - 1; i >= 0; i--) {
      found += rows[i] & 1;
      if (i == 0 || probability(rows[i - 1]) != probability(rows[i])) {
        double precision = found / (double) (rows.length - i);
        double recall = anomalous == 0 ? 0 : found / (double) anomalous;
        double before = points.isEmpty() ? 0 : points.get(points.size() - 1).recall();
        area += (recall - before) * precision;
        points.add(new Point(probability(rows[i]), precision, recall));
      }
    }
    double prevalence = rows.length == 0 ? 0 : anomalous / (double) rows.length;
    return new PrecisionRecall(points, prevalence, area);
  }

  /** The rows that count as numbers that sort by probability, with the label in the lowest bit. */
  private static long[] sorted(List<Judged> devices) {
    long[] rows = new long[devices.stream().mapToInt(d -> d.probabilities().length).sum()];
    int count = 0;
    for (Judged device : devices) {
      for (int row = 0; row < device.probabilities().length; row++) {
        if (device.counts(row)) {
          long bits = Double.doubleToLongBits(device.probabilities()[row]) & ~1L;
          rows[count++] = bits | (device.anomalous(row) ? 1 : 0);
        }
      }
    }
    long[] cut = Arrays.copyOf(rows, count);
    Arrays.sort(cut);
    return cut;
  }

  /** Bits of doubles from 0 sort as the doubles do. */
  private static double probability(long row) {
    return Double.longBitsToDouble(row & ~1L);
  }

  /** What the thresholds of the devices' own models reach. */
  static Point flagged(List<Judged> devices) {
    long flagged = 0;
    long found = 0;
    long anomalous = 0;
    for (Judged device : devices) {
      for (int row = 0; row < device.probabilities().length; row++) {
        if (device.counts(row)) {
          boolean flag = device.probabilities()[row] >= device.threshold();
          flagged += flag ? 1 : 0;
          anomalous += device.anomalous(row) ? 1 : 0;
          found += flag && device.anomalous(row) ? 1 : 0;
        }
      }
    }
    return new Point(
        devices.isEmpty() ? 1 : devices.get(0).threshold(),
        flagged == 0 ? 0 : found / (double) flagged,
        anomalous == 0 ? 0 : found / (double) anomalous);
  }

  /** The point with the greatest F1: what a threshold chosen with the labels at hand would give. */
  public Point best() {
    Point best = new Point(1, 0, 0);
    for (Point point : points) {
      best = point.f1() > best.f1() ? point : best;
    }
    return best;
  }
}
