package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is remembered of all sensors of one device together: how they usually move with one another.
 * A sensor that keeps within its own range and no longer follows the others shows here and nowhere
 * else. Immutable, as {@link SeriesState} is, with the same promises: {@link #next} leaves this
 * state as it is, and scores an instant before it is learnt.
 *
 * <p>Sensors are known by their names, so one may appear later, or be absent for an instant: what
 * is there is compared among itself. The first {@value #MOST_SENSORS} that appear are; time and
 * memory for an instant grow with the square of their number and somewhat faster.
 *
 * <p><b>Cold start.</b> As that of a series, in instants instead of windows and twice as long.
 *
 * <p>Thread safe. No finite value makes a feature NaN or infinite.
 */
public final class JointState {
  /** So many sensors of a device are compared with one another. */
  public static final int MOST_SENSORS = 16;

  /** What the sensor of scores that speak of all is called; no sensor's name begins like this. */
  public static final String ALL_SENSORS = "_all";

  /** Sensors that rise together for an hour need not belong together. */
  private static final int TRUSTED_INSTANTS = 2 * SeriesState.TRUSTED_WINDOWS;

  private static final int LEAST_SENSORS = 2;
  private static final int SUSPECTS = 3;

  /** A sensor is suspect whose residual is at least this share of the greatest. */
  private static final double SUSPECT_SHARE = 0.5;

  /** Less than this is no news of a statistic that is a logarithm. */
  private static final double GRANULARITY = 0.05;

  private static final byte FORMAT = 1;

  private static final JointState INITIAL = new JointState(0, 0, 0, JointMemory.blank());

  private final long seen;

  /** Of how many instants the statistics were taken, for which two sensors have to be there. */
  private final long compared;

  private final long lastStartMillis;
  private final KeptJointMemory memory;

  private JointState(long seen, long compared, long lastStartMillis, KeptJointMemory memory) {
    this.seen = seen;
    this.compared = compared;
    this.lastStartMillis = lastStartMillis;
    this.memory = memory;
  }

  /**
   * What an instant says of a device, and the device with that instant in it.
   *
   * @param features one number for each of {@link FeatureNames#all()}; the caller's own
   * @param suspects the sensors that fit the others least, the worst first; none where fewer than
   *     two can be compared
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  public record Step(double[] features, List<String> suspects, JointState state) {
    public Step {
      suspects = List.copyOf(suspects);
    }
  }

  /** A device without any windows. */
  public static JointState initial() {
    return INITIAL;
  }

  /** The same device in about half the memory, for as long as no instant comes. */
  public JointState packed() {
    KeptJointMemory packed = seen == 0 ? memory : memory.packed();
    return packed == memory ? this : new JointState(seen, compared, lastStartMillis, packed);
  }

  /** Scores the instant against what was before it, then takes it in. */
  public Step next(JointWindow window) {
    JointMemory after = memory.copy();
    Instant instant = new Instant(window, after);
    double[] features = new double[FeatureVector.LENGTH];
    List<String> suspects = List.of();
    long newCompared = compared;
    if (instant.comparable.length >= LEAST_SENSORS) {
      if (SeriesState.isMeasuringAge(compared)) {
        for (int i = 0; i < JointStatistic.COUNT; i++) {
          after.comparison.measure(i);
        }
      }
      JointVector vector = new JointVector();
      suspects = instant.compare(compared, vector);
      vector.rank();
      features = vector.weighted(SeriesState.trustAt(compared, TRUSTED_INSTANTS));
      newCompared++;
    }
    if (!SeriesState.isNew(seen, lastStartMillis, window.startMillis())) {
      return new Step(features, suspects, this);
    }
    after.learn(instant.places, instant.values, instant.deviations);
    return new Step(
        features, suspects, new JointState(seen + 1, newCompared, window.startMillis(), after));
  }

  /** The sensors of an instant that have a place, and those that can be compared. */
  private static final class Instant {
    private final JointMemory memory;
    private final int[] places;
    private final double[] values;
    private final double[] deviations;

    /** Indexes of the arrays above. */
    private final int[] comparable;

    Instant(JointWindow window, JointMemory memory) {
      this.memory = memory;
      int[] found = new int[window.means().length];
      double[] kept = new double[found.length];
      int count = 0;
      for (int i = 0; i < found.length; i++) {
        int place = memory.place(window.sensors().get(i));
        if (place >= 0) {
          found[count] = place;
          kept[count] = window.means()[i];
          count++;
        }
      }
      this.places = Arrays.copyOf(found, count);
      this.values = Arrays.copyOf(kept, count);
      this.deviations = new double[count];
      int[] usable = new int[count];
      int usableCount = 0;
      for (int i = 0; i < count; i++) {
        deviations[i] = memory.deviations(places[i], values[i]);
        if (memory.isComparable(places[i])) {
          usable[usableCount] = i;
          usableCount++;
        }
      }
      this.comparable = Arrays.copyOf(usable, usableCount);
    }

    /** Puts the views of all statistics, and tells the suspects. */
    List<String> compare(long compared, JointVector vector) {
      int n = comparable.length;
      int[] among = new int[n];
      double[] now = new double[n];
      double[] moving = new double[n];
      for (int i = 0; i < n; i++) {
        among[i] = places[comparable[i]];
        now[i] = deviations[comparable[i]];
        moving[i] = memory.move(among[i], now[i]);
      }
      PrincipalAxes axes = PrincipalAxes.of(memory.correlations(among));
      double[] residuals = axes.residuals(now);
      put(0, axes, now, residuals, compared, vector);
      put(JointStatistic.OF_AN_INSTANT, axes, moving, axes.residuals(moving), compared, vector);
      return suspects(among, residuals);
    }

    private void put(
        int from,
        PrincipalAxes axes,
        double[] point,
        double[] residuals,
        long compared,
        JointVector vector) {
      double greatest = 0;
      double second = 0;
      for (double residual : residuals) {
        double size = Math.abs(residual);
        second = Math.max(second, Math.min(greatest, size));
        greatest = Math.max(greatest, size);
      }
      put(from + JointStatistic.T_SQUARED.ordinal(), axes.tSquared(point), compared, vector);
      put(from + JointStatistic.Q.ordinal(), axes.q(point), compared, vector);
      put(from + JointStatistic.RESIDUAL.ordinal(), greatest, compared, vector);
      put(from + JointStatistic.RESIDUAL_2.ordinal(), second, compared, vector);
    }

    /** By its logarithm, as all of them are 0 or more and most are small. */
    private void put(int statistic, double number, long compared, JointVector vector) {
      memory.comparison.next(statistic, Math.log1p(number), GRANULARITY, compared, vector::put);
    }

    /** In the order of their residuals. */
    private List<String> suspects(int[] among, double[] residuals) {
      boolean[] told = new boolean[residuals.length];
      List<String> suspects = new ArrayList<>(SUSPECTS);
      double least = 0;
      for (int i = 0; i < Math.min(SUSPECTS, residuals.length); i++) {
        int worst = worst(residuals, told);
        double size = Math.abs(residuals[worst]);
        if (size < least) {
          break;
        }
        least = Math.max(least, SUSPECT_SHARE * size);
        told[worst] = true;
        suspects.add(memory.sensor(among[worst]));
      }
      return suspects;
    }

    private static int worst(double[] residuals, boolean[] told) {
      int worst = -1;
      for (int i = 0; i < residuals.length; i++) {
        if (!told[i] && (worst < 0 || Math.abs(residuals[i]) > Math.abs(residuals[worst]))) {
          worst = i;
        }
      }
      return worst;
    }
  }

  /** Writes this state in its versioned binary form, described in {@code model-file.md}. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(seen);
    out.writeLong(compared);
    out.writeLong(lastStartMillis);
    memory.copy().write(out);
  }

  /**
   * Reads what {@link #write} wrote; the device goes on as if it had never stopped.
   *
   * @throws IOException if the form is of a version this code does not know, the state is damaged,
   *     or the input fails or ends
   */
  public static JointState read(DataInput in) throws IOException {
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "Cannot read the state of a device: its format is version %d, this program knows %d"
              .formatted(format, FORMAT));
    }
    long seen = in.readLong();
    long compared = in.readLong();
    long lastStartMillis = in.readLong();
    if (compared < 0 || seen < compared) {
      throw new IOException("Cannot read the state of a device: it is damaged");
    }
    return new JointState(seen, compared, lastStartMillis, JointMemory.read(in));
  }
}
