package io.fieldwatch.senml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one CBOR item (RFC 8949), definite lengths only. Not thread-safe. */
final class CborWriter {
  private static final int UNSIGNED = 0x00;
  private static final int NEGATIVE = 0x20;
  private static final int TEXT = 0x60;
  private static final int ARRAY = 0x80;
  private static final int MAP = 0xa0;
  private static final int FALSE = 0xf4;
  private static final int TRUE = 0xf5;
  private static final int FLOAT_32 = 0xfa;
  private static final int FLOAT_64 = 0xfb;

  /** Whole numbers up to here are the same as a double and as an integer. */
  private static final double MAX_EXACT_INTEGER = 1L << 53;

  private byte[] bytes;
  private int length;

  CborWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  CborWriter arrayOf(int items) {
    return head(ARRAY, items);
  }

  CborWriter mapOf(int entries) {
    return head(MAP, entries);
  }

  CborWriter integer(long number) {
    return number >= 0 ? head(UNSIGNED, number) : head(NEGATIVE, -1 - number);
  }

  CborWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  CborWriter truth(boolean value) {
    return initial(value ? TRUE : FALSE);
  }

  /** The number in as few bytes as keep it exact: integer, single or double precision. */
  CborWriter number(double number) {
    if (isExactInteger(number)) {
      return integer((long) number);
    }
    float single = (float) number;
    if (single == number) {
      return initial(FLOAT_32).bigEndian(Float.floatToRawIntBits(single), 4);
    }
    return initial(FLOAT_64).bigEndian(Double.doubleToRawLongBits(number), 8);
  }

  private static boolean isExactInteger(double number) {
    boolean negativeZero = number == 0 && Double.doubleToRawLongBits(number) != 0;
    return Math.rint(number) == number && Math.abs(number) <= MAX_EXACT_INTEGER && !negativeZero;
  }

  private CborWriter head(int majorType, long argument) {
    if (argument < 24) {
      return initial(majorType | (int) argument);
    } else if (argument < 1L << 8) {
      return initial(majorType | 24).bigEndian(argument, 1);
    } else if (argument < 1L << 16) {
      return initial(majorType | 25).bigEndian(argument, 2);
    } else if (argument < 1L << 32) {
      return initial(majorType | 26).bigEndian(argument, 4);
    }
    return initial(majorType | 27).bigEndian(argument, 8);
  }

  private CborWriter initial(int value) {
    return bigEndian(value, 1);
  }

  private CborWriter bigEndian(long value, int size) {
    ensure(size);
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
