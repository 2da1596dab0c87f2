package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is remembered of one series: one sensor, one window length. Immutable: {@link #next} leaves
 * this state as it is, so a task can be run again from it, with the same outcome to the last bit.
 *
 * <p>Windows are expected in the order of their starts. A window that does not lie behind the last
 * one is scored but not learnt, unless it lies more than a day back: then the clock was set back
 * and the series goes on from there.
 *
 * <p><b>Cold start.</b> In its first {@value #SILENT_WINDOWS} windows a series has all features 0;
 * up to window {@value #TRUSTED_WINDOWS} they grow to their full size in equal steps. A young
 * series therefore raises no alarm before it has a past to compare with.
 *
 * <p>Thread safe. No value that a {@link WindowSummary} accepts makes a feature NaN or infinite.
 */
public final class SeriesState {
  static final int SILENT_WINDOWS = 12;
  static final int TRUSTED_WINDOWS = 360;

  private static final byte FORMAT = 3;

  /** Had two bytes for every count of a tail. */
  private static final byte OLDEST_FORMAT = 2;

  private static final long CLOCK_SET_BACK_MILLIS = 86_400_000;
  private static final double SHORT = 1.0 / 6;
  private static final double LONGER = 1.0 / 60;

  private static final SeriesState INITIAL = fresh();

  private final long seen;
  private final long lastStartMillis;
  private final double evidenceShort;
  private final double evidenceLong;
  private final double[] history;
  private final double[] norms;
  private final short[] tails;

  private SeriesState(
      long seen,
      long lastStartMillis,
      double evidenceShort,
      double evidenceLong,
      double[] history,
      double[] norms,
      short[] tails) {
    this.seen = seen;
    this.lastStartMillis = lastStartMillis;
    this.evidenceShort = evidenceShort;
    this.evidenceLong = evidenceLong;
    this.history = history;
    this.norms = norms;
    this.tails = tails;
  }

  /**
   * What a window says of its series, and the series with that window in it.
   *
   * @param features one number for each of {@link FeatureNames#all()}, from the windows before this
   *     one and this one; the caller's own
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  public record Step(double[] features, SeriesState state) {}

  /** A series without any windows. */
  public static SeriesState initial() {
    return INITIAL;
  }

  private static SeriesState fresh() {
    double[] norms = new double[Statistic.COUNT * Normaliser.NUMBERS];
    short[] tails = new short[Statistic.COUNT * Normaliser.BINS];
    Normaliser normaliser = new Normaliser(norms, tails);
    for (Statistic statistic : Statistic.values()) {
      normaliser.reset(statistic);
    }
    return new SeriesState(0, 0, 0, 0, new double[History.LENGTH], norms, tails);
  }

  /** Scores the window against what was before it, then takes it in. */
  public Step next(WindowSummary window) {
    double[] newHistory = history.clone();
    double[] newNorms = norms.clone();
    short[] newTails = tails.clone();
    History past = new History(newHistory);
    Normaliser normaliser = new Normaliser(newNorms, newTails);

    double[] values = new double[Statistic.COUNT];
    past.statistics(window, seen, missedWindows(window), values);
    FeatureVector vector = new FeatureVector();
    scoreAndLearn(values, past, normaliser, vector);
    vector.rank();
    double evidence = vector.evidence();
    double newShort = evidenceShort + SHORT * (evidence - evidenceShort);
    double newLong = evidenceLong + LONGER * (evidence - evidenceLong);
    vector.lasting(newShort, newLong);
    double[] features = vector.weighted(trust());
    if (!isNew(window)) {
      return new Step(features, this);
    }
    past.learn(window, seen);
    return new Step(
        features,
        new SeriesState(
            seen + 1, window.startMillis(), newShort, newLong, newHistory, newNorms, newTails));
  }

  private void scoreAndLearn(
      double[] values, History past, Normaliser normaliser, FeatureVector vector) {
    for (Statistic statistic : Statistic.values()) {
      long learnt = seen - statistic.needs();
      if (learnt < 0) {
        continue;
      }
      double value = values[statistic.ordinal()];
      double distance = normaliser.distance(statistic, value, past.granularity(statistic));
      double place = Normaliser.place(distance);
      if (learnt > 0) {
        vector.put(
            statistic,
            normaliser.surprise(statistic, distance),
            normaliser.tail(statistic, place),
            normaliser.record(statistic, distance));
      }
      normaliser.learn(statistic, value, distance, place, learnt);
    }
  }

  private double trust() {
    double share = (seen - SILENT_WINDOWS) / (double) (TRUSTED_WINDOWS - SILENT_WINDOWS);
    return Math.max(0, Math.min(1, share));
  }

  private boolean isNew(WindowSummary window) {
    return seen == 0
        || window.startMillis() > lastStartMillis
        || window.startMillis() < lastStartMillis - CLOCK_SET_BACK_MILLIS;
  }

  private long missedWindows(WindowSummary window) {
    if (seen == 0 || window.startMillis() <= lastStartMillis) {
      return 0;
    }
    return Math.max(0, (window.startMillis() - lastStartMillis) / window.lengthMillis() - 1);
  }

  /**
   * Writes this state in its versioned binary form: version, counters, then the arrays, in order.
   */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(seen);
    out.writeLong(lastStartMillis);
    out.writeDouble(evidenceShort);
    out.writeDouble(evidenceLong);
    writeAll(out, history);
    writeAll(out, norms);
    for (short count : tails) {
      writeCount(out, count);
    }
  }

  /** Most counts are small: seven bits a byte, the lowest first. */
  private static void writeCount(DataOutput out, short count) throws IOException {
    int rest = count;
    while (rest > 0x7F) {
      out.writeByte(rest | 0x80);
      rest >>= 7;
    }
    out.writeByte(rest);
  }

  private static short readCount(DataInput in) throws IOException {
    int count = 0;
    for (int shift = 0; shift < 21; shift += 7) {
      byte part = in.readByte();
      count |= (part & 0x7F) << shift;
      if (part >= 0 && count <= Short.MAX_VALUE) {
        return (short) count;
      }
    }
    throw new IOException("Cannot read the state of a series: it is damaged");
  }

  private static void writeAll(DataOutput out, double[] numbers) throws IOException {
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  /**
   * Reads what {@link #write} wrote; the series goes on as if it had never stopped.
   *
   * @throws IOException if the form is of a version this code does not know, the state is damaged,
   *     or the input fails or ends
   */
  public static SeriesState read(DataInput in) throws IOException {
    byte format = in.readByte();
    if (format < OLDEST_FORMAT || format > FORMAT) {
      throw new IOException(
          "Cannot read the state of a series: its format is version %d, this program knows %d to %d"
              .formatted(format, OLDEST_FORMAT, FORMAT));
    }
    long seen = in.readLong();
    long lastStartMillis = in.readLong();
    double evidenceShort = in.readDouble();
    double evidenceLong = in.readDouble();
    double[] history = readAll(in, History.LENGTH);
    double[] norms = readAll(in, Statistic.COUNT * Normaliser.NUMBERS);
    short[] tails = new short[Statistic.COUNT * Normaliser.BINS];
    for (int i = 0; i < tails.length; i++) {
      tails[i] = format == OLDEST_FORMAT ? in.readShort() : readCount(in);
    }
    if (seen < 0 || !Double.isFinite(evidenceShort) || !Double.isFinite(evidenceLong)) {
      throw new IOException("Cannot read the state of a series: it is damaged");
    }
    return new SeriesState(
        seen, lastStartMillis, evidenceShort, evidenceLong, history, norms, tails);
  }

  private static double[] readAll(DataInput in, int length) throws IOException {
    double[] numbers = new double[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = in.readDouble();
      if (!Double.isFinite(numbers[i])) {
        throw new IOException("Cannot read the state of a series: it is damaged");
      }
    }
    return numbers;
  }
}
