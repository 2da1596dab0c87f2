package io.fieldwatch.stream.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of one sensor in one window. Not thread safe.
 *
 * <p>Belongs to the run that made it, named by an owner token; another run asks for {@link
 * #ownedBy} and gets a copy. So a state that was handed over is never changed, and a run touches
 * each window once with a copy and then in place.
 *
 * <p>Mean and variance follow Welford (1962), so they depend on the order of the readings in the
 * log and on nothing else.
 */
public final class WindowAggregate {
  private final Object owner;
  private final WindowSpec length;
  private final long startMillis;

  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double first;
  private long firstMillis = Long.MAX_VALUE;
  private double last;
  private long lastMillis = Long.MIN_VALUE;
  private final Quantiles quantiles;

  private boolean closed;
  private int revision;

  /**
   * Changed since it was last written out. Not part of a snapshot: a recovered window is written.
   */
  private boolean unpublished = true;

  public WindowAggregate(Object owner, WindowSpec length, long startMillis) {
    this(owner, length, startMillis, new Quantiles());
  }

  private WindowAggregate(Object owner, WindowSpec length, long startMillis, Quantiles quantiles) {
    this.owner = owner;
    this.length = length;
    this.startMillis = startMillis;
    this.quantiles = quantiles;
  }

  /** This window if the owner made it, else a copy that belongs to the owner. */
  public WindowAggregate ownedBy(Object newOwner) {
    if (owner == newOwner) {
      return this;
    }
    WindowAggregate copy = new WindowAggregate(newOwner, length, startMillis, quantiles.copy());
    copy.count = count;
    copy.mean = mean;
    copy.squares = squares;
    copy.min = min;
    copy.max = max;
    copy.first = first;
    copy.firstMillis = firstMillis;
    copy.last = last;
    copy.lastMillis = lastMillis;
    copy.closed = closed;
    copy.revision = revision;
    copy.unpublished = unpublished;
    return copy;
  }

  /**
   * Adds a reading that lies in this window. Of two readings at one instant the later one counts as
   * last.
   */
  public void add(long timeMillis, double value) {
    count++;
    double fromOldMean = value - mean;
    mean += fromOldMean / count;
    squares += fromOldMean * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (timeMillis < firstMillis) {
      first = value;
      firstMillis = timeMillis;
    }
    if (timeMillis >= lastMillis) {
      last = value;
      lastMillis = timeMillis;
    }
    quantiles.add(value);
    unpublished = true;
  }

  /** The watermark has passed the window's end: further readings are revisions. */
  public void close() {
    closed = true;
    unpublished = true;
  }

  /** A pack has changed this closed window. Counted per pack, so that it follows the log. */
  public void revise() {
    revision++;
    unpublished = true;
  }

  /** The window has been handed to the output. */
  public void markPublished() {
    unpublished = false;
  }

  public WindowSpec length() {
    return length;
  }

  public long startMillis() {
    return startMillis;
  }

  /** The first instant after the window. */
  public long endMillis() {
    return startMillis + length.lengthMillis();
  }

  public long count() {
    return count;
  }

  public double mean() {
    return mean;
  }

  /** The sample standard deviation; 0 for a single reading. */
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

  /** The values at ascending ranks in [0, 1]. */
  public double[] quantiles(double... ranks) {
    return quantiles.at(ranks);
  }

  public boolean isClosed() {
    return closed;
  }

  public boolean isUnpublished() {
    return unpublished;
  }

  /** How many packs changed it after it was closed. */
  public int revision() {
    return revision;
  }

  /** Writes what {@link #read} reads; the length is written by whoever holds the window. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(startMillis);
    out.writeLong(count);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeDouble(first);
    out.writeLong(firstMillis);
    out.writeDouble(last);
    out.writeLong(lastMillis);
    out.writeBoolean(closed);
    out.writeInt(revision);
    quantiles.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static WindowAggregate read(DataInput in, WindowSpec length) throws IOException {
    long startMillis = in.readLong();
    long count = in.readLong();
    double mean = in.readDouble();
    double squares = in.readDouble();
    double min = in.readDouble();
    double max = in.readDouble();
    double first = in.readDouble();
    long firstMillis = in.readLong();
    double last = in.readDouble();
    long lastMillis = in.readLong();
    boolean closed = in.readBoolean();
    int revision = in.readInt();
    WindowAggregate window =
        new WindowAggregate(new Object(), length, startMillis, Quantiles.read(in));
    window.count = count;
    window.mean = mean;
    window.squares = squares;
    window.min = min;
    window.max = max;
    window.first = first;
    window.firstMillis = firstMillis;
    window.last = last;
    window.lastMillis = lastMillis;
    window.closed = closed;
    window.revision = revision;
    return window;
  }
}
