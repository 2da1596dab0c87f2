package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

/**
 * Rows of one device with what a model thinks of them and what they are.
 *
 * @param device the device's name
 * @param timesMillis of the rows
 * @param probabilities by the model, one a row
 * @param labels 1 anomalous, 0 normal, others are not judged
 * @param from the first row that is judged
 * @param threshold least probability that the model flags
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Judged(
    String device,
    long[] timesMillis,
    double[] probabilities,
    byte[] labels,
    int from,
    double threshold) {
  public Judged {
    requireNonNull(device, "device is null");
    if (timesMillis.length != probabilities.length || labels.length != probabilities.length) {
      throw new IllegalArgumentException(
          "Invalid judgement of '%s': %d times, %d probabilities, %d labels"
              .formatted(device, timesMillis.length, probabilities.length, labels.length));
    }
    if (from < 0) {
      throw new IllegalArgumentException(
          "Invalid judgement of '%s': first row is %d".formatted(device, from));
    }
  }

  /** The same rows with other probabilities. */
  Judged by(double[] others) {
    return new Judged(device, timesMillis, others, labels, from, threshold);
  }

  boolean counts(int row) {
    return row >= from && (labels[row] == 0 || labels[row] == 1);
  }

  boolean anomalous(int row) {
    return labels[row] == 1;
  }
}
