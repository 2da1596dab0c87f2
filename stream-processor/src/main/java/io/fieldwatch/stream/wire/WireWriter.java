package io.fieldwatch.stream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes a message of numbered fields in the protocol buffers wire format
 * (protobuf.dev/programming-guides/encoding), into a buffer that is kept from message to message.
 * Not thread safe.
 *
 * <p>The format is taken because both directions of an upgrade need it: a reader skips fields it
 * does not know, and a field that is absent reads as zero. So zeros are not written.
 */
public final class WireWriter {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] buffer;
  private int size;

  public WireWriter() {
    this(FIRST_CAPACITY);
  }

  /**
   * @param capacity in bytes, to begin with
   */
  public WireWriter(int capacity) {
    this.buffer = new byte[capacity];
  }

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /** What was written so far; valid until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** A count or a flag: a number that is rarely negative. */
  public void number(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
  }

  /** A number of either sign, such as a time (zigzag encoding). */
  public void signed(int field, long value) {
    number(field, Decimal.zigzag(value));
  }

  /** A double: in full, or as a {@link Decimal} where it is one. */
  public void real(int field, double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits == 0) {
      return;
    }
    long decimal = Decimal.pack(value);
    if (decimal >= 0) {
      number(field, decimal);
    } else {
      tag(field, FIXED64);
      fixed(bits);
    }
  }

  /**
   * Doubles one after the other in one field: in full, or, where each of them is a {@link Decimal},
   * as whole numbers of as many decimals as the one with most, each as its difference from the one
   * before. The first byte says which: 0, or 1 and the decimals.
   */
  public void reals(int field, double[] values, int count) {
    if (count == 0) {
      return;
    }
    int begun = begin(field);
    int decimals = mostDecimals(values, count);
    varint(decimals + 1L);
    long before = 0;
    for (int i = 0; i < count; i++) {
      if (decimals < 0) {
        fixed(Double.doubleToRawLongBits(values[i]));
      } else {
        long whole = Decimal.whole(values[i], decimals);
        varint(Decimal.zigzag(whole - before));
        before = whole;
      }
    }
    end(begun);
  }

  private static int mostDecimals(double[] values, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      int decimals = Decimal.decimals(values[i]);
      if (decimals < 0) {
        return -1;
      }
      most = Math.max(most, decimals);
    }
    return most;
  }

  public void text(int field, String value) {
    if (!value.isEmpty()) {
      bytes(field, value.getBytes(UTF_8));
    }
  }

  public void bytes(int field, byte[] value) {
    tag(field, BYTES);
    varint(value.length);
    raw(value, 0, value.length);
  }

  /** Fields that were written before, as they stand in a part of an array. */
  public void raw(byte[] fields, int from, int to) {
    ensure(to - from);
    System.arraycopy(fields, from, buffer, size, to - from);
    size += to - from;
  }

  /**
   * Begins a message within the message.
   *
   * @return what {@link #end} asks for
   */
  public int begin(int field) {
    tag(field, BYTES);
    return size;
  }

  /** Ends the message begun last: its length is put before it. */
  public void end(int begun) {
    int length = size - begun;
    int prefix = varintBytes(length);
    ensure(prefix);
    System.arraycopy(buffer, begun, buffer, begun + prefix, length);
    size = begun;
    varint(length);
    size += length;
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  private void fixed(long bits) {
    ensure(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      buffer[size++] = (byte) (bits >>> shift);
    }
  }

  private static int varintBytes(int value) {
    return 1 + (31 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }
}
