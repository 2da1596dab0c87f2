package io.fieldwatch.model.training;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well probabilities tell faults from normal stretches.
 *
 * @param averagePrecision the area under the curve of precision over recall; the share of faults
 *     among the examples for one who guesses
 * @param calibrationError by how much probabilities differ from how often they come true, on
 *     average over ten equal ranges of them, weighted by what lies in each
 */
record Judgement(double averagePrecision, double calibrationError) {
  private static final int RANGES = 10;

  /**
   * Judges one probability an example.
   *
   * @param labels 1 for a fault, 0 for a normal stretch
   */
  static Judgement of(double[] probabilities, double[] labels) {
    return new Judgement(
        averagePrecision(probabilities, labels), calibrationError(probabilities, labels));
  }

  private static double averagePrecision(double[] probabilities, double[] labels) {
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -probabilities[i]));
    double found = 0;
    double sum = 0;
    int from = 0;
    while (from < order.length) {
      // Equal probabilities are one point of the curve: their order says nothing.
      int to = from;
      double more = 0;
      while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
        more += labels[order[to]];
        to++;
      }
      found += more;
      sum += more * found / to;
      from = to;
    }
    return found == 0 ? 0 : sum / found;
  }

  private static double calibrationError(double[] probabilities, double[] labels) {
    double[] excess = new double[RANGES];
    for (int i = 0; i < probabilities.length; i++) {
      int range = Math.min(RANGES - 1, (int) (probabilities[i] * RANGES));
      excess[range] += probabilities[i] - labels[i];
    }
    return Arrays.stream(excess).map(Math::abs).sum() / Math.max(1, probabilities.length);
  }
}
