package io.fieldwatch.stream.dedup;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * The seqs of one epoch that have been received, as disjoint ascending ranges. Immutable.
 *
 * <p>A seq starts at 1 and has no gaps at its source, so in good times this is one range; what lies
 * between two ranges is missing, and can be named. The idea of a window over sequence numbers is
 * RFC 6479's; ranges replace its bitmap because a resend after a long outage can reach back further
 * than any bitmap, and must still be told from a first arrival.
 *
 * <p>Invariants, with {@code n = ranges()}: {@code from(0) >= 1}; {@code from(i) <= to(i)}; {@code
 * to(i) + 1 < from(i+1)}; {@code n <= MAX_RANGES}. When one more range would be needed, the oldest
 * gap is given up: its seqs stay counted as missing, lose their name, and would count as duplicates
 * if they came after all.
 */
public final class SeqRanges {
  static final int MAX_RANGES = 256;

  private static final SeqRanges NONE = new SeqRanges(new long[0], 0);

  /** {@code from, to} pairs, both inclusive. */
  private final long[] bounds;

  private final long received;

  private SeqRanges(long[] bounds, long received) {
    this.bounds = bounds;
    this.received = received;
  }

  /** Nothing received. */
  public static SeqRanges none() {
    return NONE;
  }

  /** Whether a seq has been received, or its gap was given up. */
  public boolean contains(long seq) {
    for (int i = bounds.length - 2; i >= 0; i -= 2) {
      if (seq >= bounds[i]) {
        return seq <= bounds[i + 1];
      }
    }
    return false;
  }

  /**
   * These seqs and one more.
   *
   * @throws IllegalArgumentException if the seq is below 1 or already contained
   */
  public SeqRanges with(long seq) {
    if (seq < 1 || contains(seq)) {
      throw new IllegalArgumentException("Cannot add seq " + seq + " to " + this);
    }
    int next = 0;
    while (next < bounds.length && bounds[next] < seq) {
      next += 2;
    }
    boolean joinsBefore = next > 0 && bounds[next - 1] == seq - 1;
    boolean joinsAfter = next < bounds.length && bounds[next] == seq + 1;
    if (joinsBefore && joinsAfter) {
      long[] joined = without(next - 1, next);
      return new SeqRanges(joined, received + 1);
    }
    if (joinsBefore || joinsAfter) {
      long[] grown = bounds.clone();
      grown[joinsBefore ? next - 1 : next] = seq;
      return new SeqRanges(grown, received + 1);
    }
    long[] inserted = new long[bounds.length + 2];
    System.arraycopy(bounds, 0, inserted, 0, next);
    inserted[next] = seq;
    inserted[next + 1] = seq;
    System.arraycopy(bounds, next, inserted, next + 2, bounds.length - next);
    SeqRanges result = new SeqRanges(inserted, received + 1);
    return result.ranges() > MAX_RANGES
        ? new SeqRanges(result.without(1, 2), received + 1)
        : result;
  }

  /** How many different seqs have been received. */
  public long received() {
    return received;
  }

  /** The greatest seq received, or 0. */
  public long greatest() {
    return bounds.length == 0 ? 0 : bounds[bounds.length - 1];
  }

  /** How many seqs from 1 to the greatest have not been received. */
  public long missing() {
    return greatest() - received;
  }

  /** The missing seqs, such as {@code 3-5,9}, at most {@code limit} ranges of them. */
  public String gaps(int limit) {
    StringBuilder text = new StringBuilder();
    long expected = 1;
    int named = 0;
    for (int i = 0; i < bounds.length && named < limit; i += 2) {
      if (bounds[i] > expected) {
        text.append(named++ == 0 ? "" : ",").append(expected);
        if (bounds[i] - 1 > expected) {
          text.append('-').append(bounds[i] - 1);
        }
      }
      expected = bounds[i + 1] + 1;
    }
    return text.toString();
  }

  int ranges() {
    return bounds.length / 2;
  }

  /** Writes what {@link #read} reads. */
  public void write(WireWriter out) {
    out.number(1, received);
    for (long bound : bounds) {
      out.number(2, bound);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static SeqRanges read(WireReader in) throws IOException {
    long received = 0;
    long[] bounds = new long[2 * MAX_RANGES];
    int length = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> received = in.number();
        case 2 -> bounds[length < bounds.length ? length++ : tooMany()] = in.number();
        default -> in.skip();
      }
    }
    if (length % 2 != 0) {
      throw new IOException("Cannot read seq ranges: " + length + " bounds");
    }
    return new SeqRanges(Arrays.copyOf(bounds, length), received);
  }

  private static int tooMany() throws IOException {
    throw new IOException("Cannot read seq ranges: more than " + MAX_RANGES);
  }

  private long[] without(int first, int second) {
    long[] kept = new long[bounds.length - 2];
    System.arraycopy(bounds, 0, kept, 0, first);
    System.arraycopy(bounds, second + 1, kept, first, bounds.length - second - 1);
    return kept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeqRanges that
        && received == that.received
        && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }
}
