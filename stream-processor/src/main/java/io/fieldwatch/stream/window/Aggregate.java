package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;

/**
 * What is known of a set of readings of one sensor. Two of them merge into what is known of both
 * sets, so a long window is made of short ones and no reading is kept. Not thread safe.
 *
 * <p>Mean and variance of single readings follow Welford (1962), of merged sets Chan, Golub and
 * LeVeque (1979): they depend on the order of readings and merges, which is that of the log, and on
 * nothing else.
 *
 * <p>A counter's increase and a boolean's changes are sums over neighbours in event time. A reading
 * that arrives between two others adds nothing to them: without a reset in between it could not,
 * and which of two resets came first is not known any more.
 */
public final class Aggregate {
  /** Bits of what follows from single values that are written. */
  private static final int MOMENTS_FOLLOW = 1;

  private static final int ENDS_FOLLOW = 2;

  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double first;
  private long firstMillis;
  private double last;
  private long lastMillis;
  private double increase;
  private long steps;
  private Quantiles quantiles = new Quantiles();

  public Aggregate() {}

  public Aggregate copy() {
    Aggregate copy = new Aggregate();
    copy.count = count;
    copy.mean = mean;
    copy.squares = squares;
    copy.min = min;
    copy.max = max;
    copy.first = first;
    copy.firstMillis = firstMillis;
    copy.last = last;
    copy.lastMillis = lastMillis;
    copy.increase = increase;
    copy.steps = steps;
    copy.quantiles = quantiles.copy();
    return copy;
  }

  /** Adds a reading. Of two readings at one instant the later one in the log counts as last. */
  public void add(SensorKind kind, long timeMillis, double value) {
    if (count == 0) {
      first = value;
      firstMillis = timeMillis;
      last = value;
      lastMillis = timeMillis;
    } else if (timeMillis >= lastMillis) {
      step(kind, last, value);
      last = value;
      lastMillis = timeMillis;
    } else if (timeMillis < firstMillis) {
      step(kind, value, first);
      first = value;
      firstMillis = timeMillis;
    }
    gather(value);
    quantiles.add(value);
  }

  private void gather(double value) {
    count++;
    double fromOldMean = value - mean;
    mean += fromOldMean / count;
    squares += fromOldMean * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Takes another set in; the other stays as it is. */
  public void merge(SensorKind kind, Aggregate other) {
    if (other.count == 0) {
      return;
    }
    if (count == 0) {
      first = other.first;
      firstMillis = other.firstMillis;
      last = other.last;
      lastMillis = other.lastMillis;
    } else {
      join(kind, other);
    }
    increase += other.increase;
    steps += other.steps;
    long both = count + other.count;
    double apart = other.mean - mean;
    mean += apart * other.count / both;
    squares += other.squares + apart * apart * ((double) count * other.count / both);
    count = both;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    quantiles.merge(other.quantiles);
  }

  private void join(SensorKind kind, Aggregate other) {
    if (other.firstMillis >= lastMillis) {
      step(kind, last, other.first);
    } else if (other.lastMillis < firstMillis) {
      step(kind, other.last, first);
    }
    if (other.firstMillis < firstMillis) {
      first = other.first;
      firstMillis = other.firstMillis;
    }
    if (other.lastMillis >= lastMillis) {
      last = other.last;
      lastMillis = other.lastMillis;
    }
  }

  private void step(SensorKind kind, double from, double to) {
    switch (kind) {
      case GAUGE -> {}
      case BOOLEAN -> steps += from == to ? 0 : 1;
      case COUNTER -> {
        boolean reset = to < from;
        increase += reset ? to : to - from;
        steps += reset ? 1 : 0;
      }
    }
  }

  public long count() {
    return count;
  }

  /** Not a number or infinite where values near the ends of the double range overflowed. */
  public double mean() {
    return mean;
  }

  /** The sample standard deviation; 0 for a single reading. May overflow as {@link #mean}. */
  public double stddev() {
    return count < 2 ? 0 : Math.sqrt(Math.max(0, squares) / (count - 1));
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  /** The value of the earliest event time. */
  public double first() {
    return first;
  }

  /** The value of the latest event time. */
  public double last() {
    return last;
  }

  /** A counter's growth from its first to its last reading, resets included. */
  public double increase() {
    return increase;
  }

  /** A counter's growth per second; not a number where all readings are of one instant. */
  public double ratePerSecond() {
    return lastMillis > firstMillis ? increase * 1000 / (lastMillis - firstMillis) : Double.NaN;
  }

  /** How often a counter was reset, or a boolean changed. */
  public long steps() {
    return steps;
  }

  /** The values at ascending ranks in [0, 1]. */
  public double[] quantiles(double... ranks) {
    return quantiles.at(ranks);
  }

  /**
   * Writes what {@link #read} reads; the numbers are on the page of the state file. What follows
   * from single values that are written is left out.
   *
   * @param base a time near those of the readings
   */
  public void write(WireWriter out, long base) {
    double[] values = quantiles.values();
    int following =
        (areMomentsOf(values) ? MOMENTS_FOLLOW : 0) | (areEndsOf(values) ? ENDS_FOLLOW : 0);
    if ((following & MOMENTS_FOLLOW) == 0) {
      out.number(1, count);
      out.real(2, mean);
      out.real(3, squares);
      out.real(4, min);
      out.real(5, max);
    }
    if ((following & ENDS_FOLLOW) == 0) {
      out.real(6, first);
      out.real(8, last);
    }
    out.number(13, following);
    out.real(10, increase);
    out.number(11, steps);
    int begun = out.begin(12);
    quantiles.write(out);
    out.end(begun);
    out.signed(14, firstMillis - base);
    out.signed(15, lastMillis - firstMillis);
  }

  /** Whether adding these values one after the other gives the same moments to the last bit. */
  private boolean areMomentsOf(double[] values) {
    if (values.length != count) {
      return false;
    }
    Aggregate added = new Aggregate();
    for (double value : values) {
      added.gather(value);
    }
    return hasSameBits(mean, added.mean)
        && hasSameBits(squares, added.squares)
        && hasSameBits(min, added.min)
        && hasSameBits(max, added.max);
  }

  /** Whether the first and the last reading are the first and the last of these values. */
  private boolean areEndsOf(double[] values) {
    return values.length == count
        && count > 0
        && hasSameBits(first, values[0])
        && hasSameBits(last, values[values.length - 1]);
  }

  private static boolean hasSameBits(double one, double other) {
    return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param base as it was then
   */
  public static Aggregate read(WireReader in, long base) throws IOException {
    Aggregate aggregate = new Aggregate();
    aggregate.min = 0;
    aggregate.max = 0;
    long following = 0;
    long sinceBase = 0;
    long sinceFirst = 0;
    boolean timesAreWhole = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> aggregate.count = in.number();
        case 2 -> aggregate.mean = in.real();
        case 3 -> aggregate.squares = in.real();
        case 4 -> aggregate.min = in.real();
        case 5 -> aggregate.max = in.real();
        case 6 -> aggregate.first = in.real();
        case 7 -> {
          aggregate.firstMillis = in.signed();
          timesAreWhole = true;
        }
        case 8 -> aggregate.last = in.real();
        case 9 -> aggregate.lastMillis = in.signed();
        case 10 -> aggregate.increase = in.real();
        case 11 -> aggregate.steps = in.number();
        case 12 -> aggregate.quantiles = Quantiles.read(in.message());
        case 13 -> following = in.number();
        case 14 -> sinceBase = in.signed();
        case 15 -> sinceFirst = in.signed();
        default -> in.skip();
      }
    }
    if (!timesAreWhole) {
      aggregate.firstMillis = base + sinceBase;
      aggregate.lastMillis = aggregate.firstMillis + sinceFirst;
    }
    aggregate.take(following, aggregate.quantiles.values());
    return aggregate;
  }

  private void take(long following, double[] values) throws IOException {
    if ((following & MOMENTS_FOLLOW) != 0) {
      takeMomentsOf(values);
    }
    if ((following & ENDS_FOLLOW) != 0) {
      if (values.length == 0) {
        throw new IOException("Cannot read state: no values have no first one");
      }
      first = values[0];
      last = values[values.length - 1];
    }
  }

  private void takeMomentsOf(double[] values) {
    count = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      gather(value);
    }
  }
}
