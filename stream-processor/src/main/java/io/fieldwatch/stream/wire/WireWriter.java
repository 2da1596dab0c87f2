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

  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int size;

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
    number(field, (value << 1) ^ (value >> 63));
  }

  public void real(int field, double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits != 0) {
      tag(field, FIXED64);
      fixed(bits);
    }
  }

  /** Numbers one after the other in one field. */
  public void reals(int field, double[] values, int count) {
    if (count > 0) {
      tag(field, BYTES);
      varint((long) count * Long.BYTES);
      for (int i = 0; i < count; i++) {
        fixed(Double.doubleToRawLongBits(values[i]));
      }
    }
  }

  public void text(int field, String value) {
    if (!value.isEmpty()) {
      bytes(field, value.getBytes(UTF_8));
    }
  }

  public void bytes(int field, byte[] value) {
    tag(field, BYTES);
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
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
