package io.fieldwatch.model.feature;

import io.fieldwatch.model.feature.FeatureVector.View;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is remembered of a row of statistics so that their next numbers can be compared with those
 * they gave before, in every {@link View}. Owned by one state, and by a copy till then.
 */
final class Comparison {
  private final float[] norms;
  private final float[] axes;
  private final long[] cells;
  private final short[] tails;
  private final Normaliser normaliser;
  private final SeenValues seenValues;

  private Comparison(float[] norms, float[] axes, long[] cells, short[] tails) {
    this.norms = norms;
    this.axes = axes;
    this.cells = cells;
    this.tails = tails;
    this.normaliser = new Normaliser(norms, tails);
    this.seenValues = new SeenValues(axes, cells);
  }

  /** Of so many statistics that have given no number yet. */
  static Comparison blank(int statistics) {
    Comparison blank =
        new Comparison(
            new float[statistics * Normaliser.NUMBERS],
            new float[statistics * SeenValues.NUMBERS],
            new long[statistics * SeenValues.WORDS],
            new short[statistics * Normaliser.BINS]);
    for (int i = 0; i < statistics; i++) {
      blank.normaliser.reset(i);
    }
    return blank;
  }

  Comparison copy() {
    return new Comparison(norms.clone(), axes.clone(), cells.clone(), tails.clone());
  }

  /** Takes what a statistic's number is in a view. */
  @FunctionalInterface
  interface Views {
    void put(View view, int statistic, double number);
  }

  /**
   * Says how unusual a statistic's number is, and learns it then.
   *
   * @param granularity below how much a deviation is of no interest
   * @param learnt how many numbers of the statistic were learnt before, 0 or more
   */
  void next(int statistic, double number, double granularity, long learnt, Views views) {
    double distance = normaliser.distance(statistic, number, granularity);
    double place = Normaliser.place(distance);
    if (learnt > 0) {
      views.put(View.SURPRISE, statistic, normaliser.surprise(statistic, distance));
      views.put(View.TAIL, statistic, normaliser.tail(statistic, place));
      views.put(View.RECORD, statistic, normaliser.record(statistic, distance));
    }
    normaliser.learn(statistic, number, distance, place, learnt);
    if (seenValues.isMeasured(statistic)) {
      double position = seenValues.position(statistic, number);
      double novelty = seenValues.novelty(statistic, position);
      views.put(View.NOVELTY, statistic, seenValues.surprise(statistic, novelty));
      seenValues.learn(statistic, position, novelty, learnt);
    }
  }

  double mean(int statistic) {
    return normaliser.mean(statistic);
  }

  /** Measures the statistic from an origin that lies {@code by} higher. */
  void moveOrigin(int statistic, double by) {
    normaliser.moveOrigin(statistic, by);
    seenValues.moveOrigin(statistic, by);
  }

  /** Lays the axis of seen numbers by the statistic's mean and deviation. */
  void measure(int statistic) {
    seenValues.measure(statistic, normaliser.mean(statistic), normaliser.deviation(statistic));
  }

  /** How many bytes {@link #write(SparseWriter)} writes at most. */
  static int mostBytes(int statistics) {
    return SparseWriter.mostFloats(statistics * Normaliser.NUMBERS)
        + SparseWriter.mostFloats(statistics * SeenValues.NUMBERS)
        + SparseWriter.mostWords(statistics * SeenValues.WORDS)
        + SparseWriter.mostCounts(statistics * Normaliser.BINS);
  }

  void write(SparseWriter out) {
    out.allFloats(norms);
    out.allFloats(axes);
    out.words(cells);
    out.counts(tails);
  }

  /** Reads what {@link #write(SparseWriter)} wrote into a blank one of as many statistics. */
  void read(SparseReader in) {
    in.allFloats(norms);
    in.allFloats(axes);
    in.words(cells);
    in.counts(tails);
  }

  /** Whether this can have been written. */
  boolean isSound() {
    return Memory.areFinite(norms) && Memory.areFinite(axes) && Memory.areCounts(tails);
  }

  void write(DataOutput out) throws IOException {
    Memory.writeAll(out, norms);
    Memory.writeAll(out, axes);
    for (long word : cells) {
      out.writeLong(word);
    }
    Memory.writeAll(out, tails);
  }

  /** Reads what {@link #write(DataOutput)} wrote of so many statistics into a blank one. */
  void read(DataInput in, int statistics) throws IOException {
    Memory.readAll(in, norms, statistics * Normaliser.NUMBERS);
    Memory.readAll(in, axes, statistics * SeenValues.NUMBERS);
    for (int i = 0; i < statistics * SeenValues.WORDS; i++) {
      cells[i] = in.readLong();
    }
    Memory.readAll(in, tails, statistics * Normaliser.BINS);
  }
}
