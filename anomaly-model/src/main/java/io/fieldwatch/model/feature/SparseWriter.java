package io.fieldwatch.model.feature;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes rows of numbers of which many say nothing: before each eight of them goes a byte that
 * tells by its bits, the lowest first, which of the eight follow. Big-endian. Not thread safe.
 */
final class SparseWriter {
  static final int GROUP = 8;

  private final byte[] bytes;
  private final ByteBuffer buffer;
  private int size;

  /**
   * @param mostBytes by {@link #mostFloats} and its neighbours
   */
  SparseWriter(int mostBytes) {
    this.bytes = new byte[mostBytes];
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /** How many bytes so many floats take at most. */
  static int mostFloats(int count) {
    return groups(count) + count * Float.BYTES;
  }

  /** How many bytes so many counts take at most. */
  static int mostCounts(int count) {
    return groups(count) + count * 3;
  }

  /** How many bytes so many words take at most. */
  static int mostWords(int count) {
    return count * (1 + Long.BYTES);
  }

  private static int groups(int count) {
    return (count + GROUP - 1) / GROUP;
  }

  /** All of them follow, with no byte before them. */
  void allFloats(float[] numbers) {
    buffer.position(size).asFloatBuffer().put(numbers);
    size += numbers.length * Float.BYTES;
  }

  /** Those follow that differ from the one before, the first from 0. */
  void floats(float[] numbers) {
    int before = 0;
    for (int from = 0; from < numbers.length; from += GROUP) {
      int place = size++;
      int told = 0;
      for (int i = from; i < Math.min(from + GROUP, numbers.length); i++) {
        int bits = Float.floatToRawIntBits(numbers[i]);
        if (bits != before) {
          told |= 1 << (i - from);
          buffer.putInt(size, bits);
          size += Integer.BYTES;
          before = bits;
        }
      }
      bytes[place] = (byte) told;
    }
  }

  /** Those follow that are not 0, none of which is negative: seven bits a byte, lowest first. */
  void counts(short[] counts) {
    int at = size;
    for (int from = 0; from < counts.length; from += GROUP) {
      int place = at++;
      int told = 0;
      for (int i = from; i < Math.min(from + GROUP, counts.length); i++) {
        int rest = counts[i];
        if (rest != 0) {
          told |= 1 << (i - from);
          for (; rest > 0x7F; rest >>= 7) {
            bytes[at++] = (byte) (rest | 0x80);
          }
          bytes[at++] = (byte) rest;
        }
      }
      bytes[place] = (byte) told;
    }
    size = at;
  }

  /** Of the eight bytes of each word, the lowest first, those follow that are not 0. */
  void words(long[] words) {
    for (long word : words) {
      int place = size++;
      int told = 0;
      long rest = word;
      while (rest != 0) {
        int part = Long.numberOfTrailingZeros(rest) / Byte.SIZE;
        told |= 1 << part;
        bytes[size++] = (byte) (rest >>> (part * Byte.SIZE));
        rest &= ~(0xFFL << (part * Byte.SIZE));
      }
      bytes[place] = (byte) told;
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
