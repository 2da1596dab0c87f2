package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The arrays that a {@link JointState} is made of: for each sensor where it usually lies and how
 * far from there, and for each two of them how they move together. Owned by one state, and by a
 * copy till then.
 */
final class JointMemory implements KeptJointMemory {
  private static final String DAMAGED = "Cannot read the state of a device: it is damaged";

  /** Deviations are told from nothing down to this share of where the sensor lies. */
  private static final double ROUNDING_SHARE = 1e-12;

  /** No deviation is greater: it is "far" then. */
  private static final double GREATEST_DEVIATION = 100;

  /** A sensor with fewer windows than these is not compared with others yet. */
  private static final int YOUNG_WINDOWS = 12;

  /**
   * Correlations of so many windows count half: windows follow one another, so their number says
   * more than they do.
   */
  private static final int SHRUNK_WINDOWS = 100;

  private static final double GREATEST_VALUE = 1e15;
  private static final double LEAST_SHARE = 1.0 / 4000;

  /** The weight of the newest instant in the moving mean, as in one of 12 equal weights. */
  private static final double MOVING_SHARE = 2.0 / 13;

  /** Numbers of a sensor that are packed in words. */
  private static final int WORDS = 3;

  /** Never changed in place. */
  private String[] sensors;

  private int[] learnt;
  private double[] means;
  private double[] variances;
  private float[] moving;

  /**
   * The mean product of the deviations of each two sensors, by rows below the diagonal and on it.
   */
  private float[] products;

  final Comparison comparison;

  private JointMemory(
      String[] sensors,
      int[] learnt,
      double[] means,
      double[] variances,
      float[] moving,
      float[] products,
      Comparison comparison) {
    this.sensors = sensors;
    this.learnt = learnt;
    this.means = means;
    this.variances = variances;
    this.moving = moving;
    this.products = products;
    this.comparison = comparison;
  }

  /** That of a device without windows. */
  static JointMemory blank() {
    return of(new String[0]);
  }

  /** That of some sensors of which nothing is known. */
  static JointMemory of(String[] sensors) {
    int count = sensors.length;
    return new JointMemory(
        sensors,
        new int[count],
        new double[count],
        new double[count],
        new float[count],
        new float[pairs(count)],
        Comparison.blank(JointStatistic.COUNT));
  }

  /** Of each two sensors, and of each with itself. */
  private static int pairs(int count) {
    return count * (count + 1) / 2;
  }

  @Override
  public JointMemory copy() {
    return new JointMemory(
        sensors,
        learnt.clone(),
        means.clone(),
        variances.clone(),
        moving.clone(),
        products.clone(),
        comparison.copy());
  }

  @Override
  public PackedJointMemory packed() {
    return PackedJointMemory.of(this, sensors);
  }

  /** The place of a sensor, which is made where there is none and there is room; else -1. */
  int place(String sensor) {
    for (int i = 0; i < sensors.length; i++) {
      if (sensors[i].equals(sensor)) {
        return i;
      }
    }
    int count = sensors.length;
    if (count == JointState.MOST_SENSORS) {
      return -1;
    }
    sensors = Arrays.copyOf(sensors, count + 1);
    sensors[count] = sensor;
    learnt = Arrays.copyOf(learnt, count + 1);
    means = Arrays.copyOf(means, count + 1);
    variances = Arrays.copyOf(variances, count + 1);
    moving = Arrays.copyOf(moving, count + 1);
    products = Arrays.copyOf(products, pairs(count + 1));
    return count;
  }

  String sensor(int place) {
    return sensors[place];
  }

  /** Whether the sensor has a past that others can be compared with. */
  boolean isComparable(int place) {
    return learnt[place] >= YOUNG_WINDOWS && deviationOf(place) > 0;
  }

  /** By how many deviations a value differs from where the sensor usually lies. */
  double deviations(int place, double value) {
    double distance = bounded(value) - means[place];
    double scale = deviationOf(place) + ROUNDING_SHARE * Math.abs(means[place]);
    if (distance == 0 || scale == 0) {
      return 0;
    }
    return Math.max(-GREATEST_DEVIATION, Math.min(GREATEST_DEVIATION, distance / scale));
  }

  private double deviationOf(int place) {
    return Math.sqrt(variances[place]);
  }

  /** Takes a deviation into the sensor's moving mean, and tells that. */
  double move(int place, double deviations) {
    moving[place] += (float) (MOVING_SHARE * (deviations - moving[place]));
    return moving[place];
  }

  /** How strongly each two of the sensors move together, from -1 to 1, less what chance makes. */
  double[][] correlations(int[] places) {
    double[][] matrix = new double[places.length][places.length];
    for (int i = 0; i < places.length; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double both = products[pair(places[i], places[j])];
        double alone =
            Math.sqrt(
                (double) products[pair(places[i], places[i])]
                    * products[pair(places[j], places[j])]);
        int age = Math.min(learnt[places[i]], learnt[places[j]]);
        double kept = (double) age / (age + SHRUNK_WINDOWS);
        double correlation = alone > 0 ? Math.max(-1, Math.min(1, both / alone)) : 0;
        matrix[i][j] = kept * correlation;
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private static int pair(int one, int other) {
    return one > other ? pairs(one) + other : pairs(other) + one;
  }

  /**
   * Takes in the values of an instant as the latest of the past.
   *
   * @param deviations of each, as {@link #deviations} told them before
   */
  void learn(int[] places, double[] values, double[] deviations) {
    double[] limited = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      double limit = Moments.limit(learnt[places[i]]);
      limited[i] = Math.max(-limit, Math.min(limit, deviations[i]));
      for (int j = 0; j <= i; j++) {
        int age = Math.min(learnt[places[i]], learnt[places[j]]) - YOUNG_WINDOWS;
        if (age >= 0) {
          int at = pair(places[i], places[j]);
          double share = Math.max(1.0 / (age + 1), LEAST_SHARE);
          products[at] += (float) (share * (limited[i] * limited[j] - products[at]));
        }
      }
    }
    for (int i = 0; i < places.length; i++) {
      learn(places[i], values[i]);
    }
  }

  private void learn(int place, double value) {
    double share = Moments.share(learnt[place]);
    double deviation =
        Moments.limited(bounded(value) - means[place], variances[place], learnt[place]);
    means[place] += share * deviation;
    variances[place] = (1 - share) * (variances[place] + share * deviation * deviation);
    learnt[place] = Math.min(Integer.MAX_VALUE - 1, learnt[place] + 1);
  }

  private static double bounded(double value) {
    return Math.max(-GREATEST_VALUE, Math.min(GREATEST_VALUE, value));
  }

  /** How many bytes {@link #write(SparseWriter)} writes at most of so many sensors. */
  static int mostBytes(int sensors) {
    return SparseWriter.mostWords(WORDS * sensors)
        + SparseWriter.mostFloats(sensors)
        + SparseWriter.mostFloats(pairs(sensors))
        + Comparison.mostBytes(JointStatistic.COUNT);
  }

  /** Writes all but the names. */
  void write(SparseWriter out) {
    long[] words = new long[WORDS * sensors.length];
    for (int i = 0; i < sensors.length; i++) {
      words[WORDS * i] = learnt[i];
      words[WORDS * i + 1] = Double.doubleToRawLongBits(means[i]);
      words[WORDS * i + 2] = Double.doubleToRawLongBits(variances[i]);
    }
    out.words(words);
    out.allFloats(moving);
    out.allFloats(products);
    comparison.write(out);
  }

  /** Reads what {@link #write(SparseWriter)} wrote into a memory of the same sensors. */
  void read(SparseReader in) {
    long[] words = new long[WORDS * sensors.length];
    in.words(words);
    for (int i = 0; i < sensors.length; i++) {
      learnt[i] = (int) words[WORDS * i];
      means[i] = Double.longBitsToDouble(words[WORDS * i + 1]);
      variances[i] = Double.longBitsToDouble(words[WORDS * i + 2]);
    }
    in.allFloats(moving);
    in.allFloats(products);
    comparison.read(in);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(sensors.length);
    for (int i = 0; i < sensors.length; i++) {
      out.writeUTF(sensors[i]);
      out.writeInt(learnt[i]);
      out.writeDouble(means[i]);
      out.writeDouble(variances[i]);
    }
    Memory.writeAll(out, moving);
    Memory.writeAll(out, products);
    comparison.write(out);
  }

  /** Reads what {@link #write(DataOutput)} wrote. */
  static JointMemory read(DataInput in) throws IOException {
    int count = in.readUnsignedByte();
    if (count > JointState.MOST_SENSORS) {
      throw new IOException(DAMAGED);
    }
    JointMemory memory = of(new String[count]);
    for (int i = 0; i < count; i++) {
      memory.sensors[i] = in.readUTF();
      memory.learnt[i] = in.readInt();
      memory.means[i] = in.readDouble();
      memory.variances[i] = in.readDouble();
      if (memory.learnt[i] < 0
          || !Double.isFinite(memory.means[i])
          || !(memory.variances[i] >= 0 && Double.isFinite(memory.variances[i]))) {
        throw new IOException(DAMAGED);
      }
    }
    Memory.readAll(in, memory.moving, count);
    Memory.readAll(in, memory.products, pairs(count));
    memory.comparison.read(in, JointStatistic.COUNT);
    if (!memory.comparison.isSound()) {
      throw new IOException(DAMAGED);
    }
    return memory;
  }
}
