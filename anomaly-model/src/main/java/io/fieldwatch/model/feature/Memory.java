package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The arrays that a {@link SeriesState} is made of. Owned by one state, and by a copy till then.
 */
final class Memory {
  private static final String DAMAGED = "Cannot read the state of a series: it is damaged";

  final float[] history;
  final float[] norms;
  final float[] axes;
  final short[] tails;
  final short[] day;
  final long[] cells;

  private Memory(
      float[] history, float[] norms, float[] axes, short[] tails, short[] day, long[] cells) {
    this.history = history;
    this.norms = norms;
    this.axes = axes;
    this.tails = tails;
    this.day = day;
    this.cells = cells;
  }

  /** That of a series without windows. */
  static Memory blank() {
    Memory memory =
        new Memory(
            new float[History.NUMBERS],
            new float[Statistic.COUNT * Normaliser.NUMBERS],
            new float[Statistic.COUNT * SeenValues.NUMBERS],
            new short[Statistic.COUNT * Normaliser.BINS],
            new short[History.COUNTS],
            new long[Statistic.COUNT * SeenValues.WORDS]);
    for (int i = 0; i < Statistic.COUNT; i++) {
      memory.normaliser().reset(i);
    }
    return memory;
  }

  Memory copy() {
    return new Memory(
        history.clone(), norms.clone(), axes.clone(), tails.clone(), day.clone(), cells.clone());
  }

  Normaliser normaliser() {
    return new Normaliser(norms, tails);
  }

  SeenValues seenValues() {
    return new SeenValues(axes, cells);
  }

  void write(DataOutput out) throws IOException {
    writeAll(out, history);
    writeAll(out, norms);
    writeAll(out, axes);
    for (long word : cells) {
      out.writeLong(word);
    }
    writeAll(out, tails);
    writeAll(out, day);
  }

  /** Reads what {@link #write} wrote into a blank memory. */
  void read(DataInput in) throws IOException {
    read(in, History.NUMBERS, Statistic.COUNT);
  }

  /** Reads what a program that knew no more than the founding statistics wrote. */
  void readFounding(DataInput in) throws IOException {
    read(in, History.FOUNDING_NUMBERS, Statistic.FOUNDING);
  }

  private void read(DataInput in, int historyNumbers, int statistics) throws IOException {
    readAll(in, history, historyNumbers);
    readAll(in, norms, statistics * Normaliser.NUMBERS);
    readAll(in, axes, statistics * SeenValues.NUMBERS);
    for (int i = 0; i < statistics * SeenValues.WORDS; i++) {
      cells[i] = in.readLong();
    }
    readAll(in, tails, statistics * Normaliser.BINS);
    readAll(in, day, day.length);
  }

  private static void writeAll(DataOutput out, float[] numbers) throws IOException {
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  private static void readAll(DataInput in, float[] numbers, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      numbers[i] = in.readFloat();
      if (!Float.isFinite(numbers[i])) {
        throw new IOException(DAMAGED);
      }
    }
  }

  /** Most counts are small: seven bits a byte, the lowest first. */
  private static void writeAll(DataOutput out, short[] counts) throws IOException {
    for (short count : counts) {
      int rest = count;
      while (rest > 0x7F) {
        out.writeByte(rest | 0x80);
        rest >>= 7;
      }
      out.writeByte(rest);
    }
  }

  private static void readAll(DataInput in, short[] counts, int count) throws IOException {
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
