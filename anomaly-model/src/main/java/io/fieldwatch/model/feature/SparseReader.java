package io.fieldwatch.model.feature;

import java.nio.ByteBuffer;

/**
 * Reads what {@link SparseWriter} wrote, row by row, into rows of zeros. Every method throws {@link
 * IndexOutOfBoundsException} where the bytes are no such row. Not thread safe.
 */
final class SparseReader {
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private int at;

  SparseReader(byte[] bytes) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes);
  }

  void allFloats(float[] numbers) {
    int length = numbers.length * Float.BYTES;
    buffer.slice(at, length).asFloatBuffer().get(numbers);
    at += length;
  }

  void floats(float[] numbers) {
    float before = 0;
    int told = 0;
    for (int i = 0; i < numbers.length; i++) {
      told = i % SparseWriter.GROUP == 0 ? bytes[at++] : told >> 1;
      if ((told & 1) != 0) {
        before = buffer.getFloat(at);
        at += Float.BYTES;
      }
      numbers[i] = before;
    }
  }

  void counts(short[] counts) {
    for (int from = 0; from < counts.length; from += SparseWriter.GROUP) {
      for (int told = bytes[at++] & 0xFF; told != 0; told &= told - 1) {
        counts[from + Integer.numberOfTrailingZeros(told)] = count();
      }
    }
  }

  private short count() {
    byte part = bytes[at++];
    int count = part & 0x7F;
    for (int shift = 7; part < 0; shift += 7) {
      part = bytes[at++];
      count |= (part & 0x7F) << shift;
    }
    return (short) count;
  }

  void words(long[] words) {
    for (int i = 0; i < words.length; i++) {
      for (int told = bytes[at++] & 0xFF; told != 0; told &= told - 1) {
        words[i] |= (bytes[at++] & 0xFFL) << (Integer.numberOfTrailingZeros(told) * Byte.SIZE);
      }
    }
  }
}
