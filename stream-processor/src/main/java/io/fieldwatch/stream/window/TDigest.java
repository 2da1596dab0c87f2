package io.fieldwatch.stream.window;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A merging t-digest (Dunning and Ertl 2019): values are gathered in centroids that are small at
 * the ends of the distribution and large in its middle. Scale function, interpolation and the
 * alternating direction are those of Apache DataSketches 6.2, and so is its error.
 *
 * <p>Not that library itself, because its sort chooses pivots at random and so puts centroids of
 * equal mean in an order that differs from run to run. Here the same values in the same order give
 * the same digest to the last bit. Not thread safe.
 */
final class TDigest {
  private static final double COMPRESSION = 200;
  private static final int HEADER_BYTES = 1 + 2 * Double.BYTES;
  private static final int LEAST_CENTROID_BYTES = Integer.BYTES + 1;
  private static final int MOST_CENTROID_BYTES = Integer.BYTES + 10;
  private static final double MOST_STEPS = 0xFFFF_FFFFL;

  /** Of what form the bytes are, and which end the next merge begins at. */
  private static final byte STEPS = 2;

  private static final byte STEPS_FROM_THE_TOP = 3;

  /** The form of state files of format 2: means and weights in full. */
  private static final byte FULL = 0;

  private static final byte FULL_FROM_THE_TOP = 1;
  private static final int FULL_CENTROID_BYTES = Double.BYTES + Long.BYTES;

  private double[] means = {};
  private long[] weights = {};
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Which end the next merge begins at, so that no end is favoured. */
  private boolean fromTheTop;

  /** Takes in the first values of an array, which stays as it is. */
  void add(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    if (count > 0) {
      min = Math.min(min, sorted[0]);
      max = Math.max(max, sorted[count - 1]);
      take(sorted, ones);
    }
  }

  /** Takes in another digest, which stays as it is. */
  void merge(TDigest other) {
    if (other.means.length == 0) {
      return;
    }
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    take(other.means, other.weights);
  }

  /**
   * The value at a rank in [0, 1], interpolated between centroids.
   *
   * @throws IllegalStateException if no value was added
   */
  double quantile(double rank) {
    if (means.length == 0) {
      throw new IllegalStateException("Cannot give quantiles of no values");
    }
    long total = totalWeight();
    double weight = rank * total;
    if (weight < 1) {
      return min;
    }
    if (weight > total - 1) {
      return max;
    }
    int last = means.length - 1;
    double half = weights[0] / 2.0;
    if (weights[0] > 1 && weight < half) {
      return min + (weight - 1) / (half - 1) * (means[0] - min);
    }
    half = weights[last] / 2.0;
    if (weights[last] > 1 && total - weight <= half) {
      return max + (total - weight - 1) / (half - 1) * (means[last] - max);
    }
    return betweenCentroids(weight);
  }

  private double betweenCentroids(double weight) {
    double below = weights[0] / 2.0;
    for (int i = 0; i < means.length - 1; i++) {
      double distance = (weights[i] + weights[i + 1]) / 2.0;
      if (below + distance > weight) {
        double fromLeft = weight - below;
        double fromRight = distance - fromLeft;
        // A centroid of one value is that value, for half a rank to either side.
        if (weights[i] == 1 && fromLeft < 0.5) {
          return means[i];
        }
        if (weights[i + 1] == 1 && fromRight <= 0.5) {
          return means[i + 1];
        }
        fromLeft -= weights[i] == 1 ? 0.5 : 0;
        fromRight -= weights[i + 1] == 1 ? 0.5 : 0;
        return (means[i] * fromRight + means[i + 1] * fromLeft) / (fromLeft + fromRight);
      }
      below += distance;
    }
    return means[means.length - 1];
  }

  /**
   * What {@link #ofBytes} reads: about five bytes a centroid. A mean is rounded to the nearest of
   * 2^32 steps between the least and the greatest value, far below the error of a digest.
   */
  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + means.length * MOST_CENTROID_BYTES);
    out.put(fromTheTop ? STEPS_FROM_THE_TOP : STEPS).putDouble(min).putDouble(max);
    double half = max / 2 - min / 2;
    for (int i = 0; i < means.length; i++) {
      double share = half == 0 ? 0 : (means[i] / 2 - min / 2) / half;
      out.putInt((int) Math.round(Math.max(0, Math.min(1, share)) * MOST_STEPS));
      putWeight(out, weights[i]);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putWeight(ByteBuffer out, long weight) {
    long rest = weight;
    while (rest > 0x7F) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  static TDigest ofBytes(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    TDigest digest = new TDigest();
    try {
      byte form = in.get();
      digest.fromTheTop = form == STEPS_FROM_THE_TOP || form == FULL_FROM_THE_TOP;
      digest.min = in.getDouble();
      digest.max = in.getDouble();
      switch (form) {
        case STEPS, STEPS_FROM_THE_TOP -> digest.readSteps(in);
        case FULL, FULL_FROM_THE_TOP -> digest.readInFull(in);
        default -> throw new IOException("Cannot read digest: it has form " + form);
      }
      return digest;
    } catch (BufferUnderflowException e) {
      throw new IOException("Cannot read digest: only %d bytes".formatted(bytes.length), e);
    }
  }

  private void readSteps(ByteBuffer in) throws IOException {
    double half = max / 2 - min / 2;
    means = new double[in.remaining() / LEAST_CENTROID_BYTES + 1];
    weights = new long[means.length];
    int size = 0;
    while (in.hasRemaining()) {
      double offset = Integer.toUnsignedLong(in.getInt()) / MOST_STEPS * half;
      // Twice the offset may be more than a double holds.
      means[size] = min + offset + offset;
      weights[size++] = readWeight(in);
    }
    if (size == 0) {
      throw new IOException("Cannot read digest: it has no centroids");
    }
    means = Arrays.copyOf(means, size);
    weights = Arrays.copyOf(weights, size);
  }

  private static long readWeight(ByteBuffer in) throws IOException {
    long weight = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.get();
      weight |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return weight;
      }
    }
    throw new IOException("Cannot read digest: a weight has more than ten bytes");
  }

  private void readInFull(ByteBuffer in) throws IOException {
    int size = in.getInt();
    if (size < 1 || in.remaining() != (long) size * FULL_CENTROID_BYTES) {
      throw new IOException(
          "Cannot read digest: %d centroids in %d bytes".formatted(size, in.remaining()));
    }
    means = new double[size];
    weights = new long[size];
    for (int i = 0; i < size; i++) {
      means[i] = in.getDouble();
      weights[i] = in.getLong();
    }
  }

  /** Merges sorted centroids in; where means are equal, those that were here come first. */
  private void take(double[] otherMeans, long[] otherWeights) {
    int count = means.length + otherMeans.length;
    double[] allMeans = new double[count];
    long[] allWeights = new long[count];
    int here = 0;
    int there = 0;
    for (int i = 0; i < count; i++) {
      boolean takeHere =
          there == otherMeans.length
              || (here < means.length && Double.compare(means[here], otherMeans[there]) <= 0);
      allMeans[i] = takeHere ? means[here] : otherMeans[there];
      allWeights[i] = takeHere ? weights[here++] : otherWeights[there++];
    }
    if (fromTheTop) {
      reverse(allMeans, allWeights);
    }
    gather(allMeans, allWeights);
    if (fromTheTop) {
      reverse(means, weights);
    }
    fromTheTop = !fromTheTop;
  }

  /** Joins neighbours as long as the scale function lets them; the two at the ends stay alone. */
  private void gather(double[] allMeans, long[] allWeights) {
    double total = Arrays.stream(allWeights).sum();
    double normalizer = COMPRESSION / (4 * StrictMath.log(total / COMPRESSION) + 24);
    int size = 0;
    double before = 0;
    for (int i = 1; i < allMeans.length; i++) {
      double joined = (double) allWeights[size] + allWeights[i];
      double below = before / total;
      double above = (before + joined) / total;
      double most = Math.min(below * (1 - below), above * (1 - above)) / normalizer;
      if (i > 1 && i < allMeans.length - 1 && joined <= total * most) {
        allWeights[size] += allWeights[i];
        allMeans[size] += (allMeans[i] - allMeans[size]) * allWeights[i] / allWeights[size];
      } else {
        before += allWeights[size];
        size++;
        allMeans[size] = allMeans[i];
        allWeights[size] = allWeights[i];
      }
    }
    means = Arrays.copyOf(allMeans, size + 1);
    weights = Arrays.copyOf(allWeights, size + 1);
  }

  private static void reverse(double[] means, long[] weights) {
    for (int i = 0, j = means.length - 1; i < j; i++, j--) {
      double mean = means[i];
      means[i] = means[j];
      means[j] = mean;
      long weight = weights[i];
      weights[i] = weights[j];
      weights[j] = weight;
    }
  }

  private long totalWeight() {
    return Arrays.stream(weights).sum();
  }
}
