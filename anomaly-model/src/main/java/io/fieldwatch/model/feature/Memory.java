package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The arrays that a {@link SeriesState} is made of. Owned by one state, and by a copy till then.
 */
final class Memory implements KeptMemory {
  /** As many as {@link #write(SparseWriter)} writes. */
  static final int MOST_BYTES =
      SparseWriter.mostFloats(History.NUMBERS)
          + Comparison.mostBytes(Statistic.COUNT)
          + SparseWriter.mostCounts(History.COUNTS);

  static final String DAMAGED = "Cannot read the state of a series: it is damaged";

  final float[] history;
  final short[] day;
  final Comparison comparison;

  private Memory(float[] history, short[] day, Comparison comparison) {
    this.history = history;
    this.day = day;
    this.comparison = comparison;
  }

  /** That of a series without windows. */
  static Memory blank() {
    return new Memory(
        new float[History.NUMBERS], new short[History.COUNTS], Comparison.blank(Statistic.COUNT));
  }

  @Override
  public Memory copy() {
    return new Memory(history.clone(), day.clone(), comparison.copy());
  }

  @Override
  public PackedMemory packed() {
    return PackedMemory.of(this);
  }

  void write(SparseWriter out) {
    out.floats(history);
    comparison.write(out);
    out.counts(day);
  }

  /** Reads what {@link #write} wrote into a blank memory. */
  void read(SparseReader in) {
    in.floats(history);
    comparison.read(in);
    in.counts(day);
  }

  /** Whether this can have been written. */
  boolean isSound() {
    return areFinite(history) && comparison.isSound() && areCounts(day);
  }

  static boolean areFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  static boolean areCounts(short[] counts) {
    for (short count : counts) {
      if (count < 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads what version 5 wrote into a blank memory. */
  void readInFull(DataInput in) throws IOException {
    read(in, History.NUMBERS, Statistic.COUNT);
  }

  /** Reads what a program that knew no more than the founding statistics wrote. */
  void readFounding(DataInput in) throws IOException {
    read(in, History.FOUNDING_NUMBERS, Statistic.FOUNDING);
  }

  private void read(DataInput in, int historyNumbers, int statistics) throws IOException {
    readAll(in, history, historyNumbers);
    comparison.read(in, statistics);
    readAll(in, day, day.length);
  }

  static void writeAll(DataOutput out, float[] numbers) throws IOException {
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  static void readAll(DataInput in, float[] numbers, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      numbers[i] = in.readFloat();
      if (!Float.isFinite(numbers[i])) {
        throw new IOException(DAMAGED);
      }
    }
  }

  /** Most counts are small: seven bits a byte, the lowest first. */
  static void writeAll(DataOutput out, short[] counts) throws IOException {
    for (short count : counts) {
      int rest = count;
      while (rest > 0x7F) {
        out.writeByte(rest | 0x80);
        rest >>= 7;
      }
      out.writeByte(rest);
    }
  }

  static void readAll(DataInput in, short[] counts, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      counts[i] = readCount(in);
    }
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
    throw new IOException(DAMAGED);
  }
}
