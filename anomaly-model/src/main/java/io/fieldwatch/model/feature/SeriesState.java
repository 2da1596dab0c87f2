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
 * series therefore raises no alarm before it has a past to compare with. What it has seen before is
 * asked from window {@value #FIRST_MEASURED} on. Where one or two of the windows before number
 * {@value #CLEANSED_AT} were a glitch, as when a sensor comes up, what was learnt until then is
 * dropped.
 *
 * <p>Thread safe. No value that a {@link WindowSummary} accepts makes a feature NaN or infinite.
 */
public final class SeriesState {
  static final int SILENT_WINDOWS = 12;
  static final int TRUSTED_WINDOWS = 360;

  /** Axes and origin are measured at this age, and whenever the series is 4 times as old. */
  static final int FIRST_MEASURED = 30;

  /** At this age, a little behind the silent windows, it is asked whether they held a glitch. */
  static final int CLEANSED_AT = 16;

  private static final byte FORMAT = 6;

  /** Wrote all numbers in full. */
  private static final byte FULL_FORMAT = 5;

  /** Knew no more than the {@link Statistic#FOUNDING} statistics. */
  private static final byte FOUNDING_FORMAT = 4;

  /** Versions 2 and 3 remembered other statistics. */
  private static final byte OLDEST_FORMAT = 2;

  private static final long CLOCK_SET_BACK_MILLIS = 86_400_000;
  private static final double SHORT = 1.0 / 6;
  private static final double LONGER = 1.0 / 60;

  private static final SeriesState INITIAL = new SeriesState(0, 0, 0, 0, 0, 0, Memory.blank());

  private final long seen;

  /** How many windows had been seen when the statistics that are not founding ones came in. */
  private final long newcomersSince;

  private final long lastStartMillis;
  private final double origin;
  private final double evidenceShort;
  private final double evidenceLong;
  private final KeptMemory memory;

  private SeriesState(
      long seen,
      long newcomersSince,
      long lastStartMillis,
      double origin,
      double evidenceShort,
      double evidenceLong,
      KeptMemory memory) {
    this.seen = seen;
    this.newcomersSince = newcomersSince;
    this.lastStartMillis = lastStartMillis;
    this.origin = origin;
    this.evidenceShort = evidenceShort;
    this.evidenceLong = evidenceLong;
    this.memory = memory;
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

  /** The same series in about half the memory, for as long as no window comes. */
  public SeriesState packed() {
    KeptMemory packed = seen == 0 ? memory : memory.packed();
    return packed == memory
        ? this
        : new SeriesState(
            seen, newcomersSince, lastStartMillis, origin, evidenceShort, evidenceLong, packed);
  }

  /** Scores the window against what was before it, then takes it in. */
  public Step next(WindowSummary window) {
    boolean isFresh = seen == 0 || hadAGlitch(window);
    Memory after = isFresh ? Memory.blank() : memory.copy();
    double newOrigin = isFresh ? History.origin(window) : origin;
    if (isMeasuringAge(seen)) {
      newOrigin += measure(after, newOrigin);
    } else if (isMeasuringAge(seen - newcomersSince)) {
      measureNewcomers(after);
    }
    History past = new History(newOrigin, after.history, after.day);
    double[] values = new double[Statistic.COUNT];
    past.statistics(window, seen, missedWindows(window), values);
    FeatureVector vector = new FeatureVector();
    scoreAndLearn(values, past, after, vector);
    if (newcomersSince > 0) {
      vector.weighNewcomers(trustAt(seen - newcomersSince, TRUSTED_WINDOWS));
    }
    vector.rank();
    double evidence = vector.evidence();
    double newShort = evidenceShort + SHORT * (evidence - evidenceShort);
    double newLong = evidenceLong + LONGER * (evidence - evidenceLong);
    vector.lasting(newShort, newLong);
    double[] features = vector.weighted(trust());
    if (!isNew(seen, lastStartMillis, window.startMillis())) {
      return new Step(features, this);
    }
    past.learn(window, seen);
    return new Step(
        features,
        new SeriesState(
            seen + 1, newcomersSince, window.startMillis(), newOrigin, newShort, newLong, after));
  }

  /** Asked once in a series' life, so that one that leaps now and then does not begin for ever. */
  private boolean hadAGlitch(WindowSummary window) {
    return seen == CLEANSED_AT && historyOf(memory.copy()).hadAGlitch(window, seen);
  }

  private History historyOf(Memory past) {
    return new History(origin, past.history, past.day);
  }

  static boolean isMeasuringAge(long age) {
    long at = FIRST_MEASURED;
    while (at < age) {
      at *= 4;
    }
    return at == age;
  }

  /**
   * Lays the axes anew, and the origin to the mean level, which keeps offsets small and so exact.
   *
   * @return by how much the origin moves up
   */
  private static double measure(Memory memory, double origin) {
    Comparison comparison = memory.comparison;
    double by = comparison.mean(Statistic.LEVEL.ordinal());
    new History(origin, memory.history, memory.day).moveOrigin(by);
    for (int i = 0; i < Statistic.COUNT; i++) {
      if (Statistic.at(i).hasOrigin()) {
        comparison.moveOrigin(i, by);
      }
      comparison.measure(i);
    }
    return by;
  }

  private static void measureNewcomers(Memory memory) {
    for (int i = Statistic.FOUNDING; i < Statistic.COUNT; i++) {
      memory.comparison.measure(i);
    }
  }

  private void scoreAndLearn(double[] values, History past, Memory memory, FeatureVector vector) {
    for (int i = 0; i < Statistic.COUNT; i++) {
      Statistic statistic = Statistic.at(i);
      long learnt = ageOf(i) - statistic.needs();
      if (learnt >= 0) {
        memory.comparison.next(i, values[i], past.granularity(statistic), learnt, vector::put);
      }
    }
  }

  private long ageOf(int statistic) {
    return statistic < Statistic.FOUNDING ? seen : seen - newcomersSince;
  }

  private double trust() {
    return trustAt(seen, TRUSTED_WINDOWS);
  }

  /** From 0 at the end of the silent windows to 1 at the age. */
  static double trustAt(long age, int trusted) {
    double share = (age - SILENT_WINDOWS) / (double) (trusted - SILENT_WINDOWS);
    return Math.max(0, Math.min(1, share));
  }

  /** Whether a window lies behind the last of so many, or the clock was set back. */
  static boolean isNew(long seen, long lastStartMillis, long startMillis) {
    return seen == 0
        || startMillis > lastStartMillis
        || startMillis < lastStartMillis - CLOCK_SET_BACK_MILLIS;
  }

  private long missedWindows(WindowSummary window) {
    if (seen == 0 || window.startMillis() <= lastStartMillis) {
      return 0;
    }
    return Math.max(0, (window.startMillis() - lastStartMillis) / window.lengthMillis() - 1);
  }

  /** Writes this state in its versioned binary form, described in {@code model-file.md}. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(seen);
    out.writeLong(newcomersSince);
    out.writeLong(lastStartMillis);
    out.writeDouble(origin);
    out.writeDouble(evidenceShort);
    out.writeDouble(evidenceLong);
    memory.packed().write(out);
  }

  /**
   * Reads what {@link #write} wrote, now or as version 5; the series goes on as if it had never
   * stopped. What version 4 wrote goes on likewise, and learns the statistics that have come in
   * since before they count. What older versions wrote remembers other things: such a series begins
   * anew, and no more is read.
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
    if (format < FOUNDING_FORMAT) {
      return INITIAL;
    }
    long seen = in.readLong();
    long newcomersSince = format == FOUNDING_FORMAT ? seen : in.readLong();
    long lastStartMillis = in.readLong();
    double origin = in.readDouble();
    double evidenceShort = in.readDouble();
    double evidenceLong = in.readDouble();
    if (newcomersSince < 0
        || seen < newcomersSince
        || !Double.isFinite(origin + evidenceShort + evidenceLong)) {
      throw new IOException(Memory.DAMAGED);
    }
    return new SeriesState(
        seen,
        newcomersSince,
        lastStartMillis,
        origin,
        evidenceShort,
        evidenceLong,
        readMemory(in, format));
  }

  private static KeptMemory readMemory(DataInput in, byte format) throws IOException {
    if (format == FORMAT) {
      return PackedMemory.read(in);
    }
    Memory memory = Memory.blank();
    if (format == FULL_FORMAT) {
      memory.readInFull(in);
    } else {
      memory.readFounding(in);
    }
    return memory;
  }
}
