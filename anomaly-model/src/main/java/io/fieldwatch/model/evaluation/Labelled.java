package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.recording.Table;

/**
 * A device whose rows are labelled.
 *
 * @param table its rows
 * @param labels one a row: 1 anomalous, 0 normal, others unknown
 * @param from the first row that is judged and learnt from; those before it make the past
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Labelled(Table table, byte[] labels, int from) {
  public Labelled {
    requireNonNull(table, "table is null");
    if (labels.length != table.rows()) {
      throw new IllegalArgumentException(
          "Invalid labels of '%s': %d for %d rows"
              .formatted(table.device(), labels.length, table.rows()));
    }
  }

  /** With what a model thinks of the rows that flags from a threshold on. */
  public Judged judged(double[] probabilities, double threshold) {
    return new Judged(table.device(), table.timesMillis(), probabilities, labels, from, threshold);
  }
}
