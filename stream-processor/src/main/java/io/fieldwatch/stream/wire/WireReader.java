package io.fieldwatch.stream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads what {@link WireWriter} wrote, field by field. Not thread safe.
 *
 * <pre>{@code
 * while (in.next()) {
 *   switch (in.field()) {
 *     case 1 -> count = in.number();
 *     case 2 -> name = in.text();
 *     default -> in.skip();
 *   }
 * }
 * }</pre>
 *
 * <p>Every method throws {@link IOException} where the bytes are not what was asked for, and
 * nothing else: no length is believed before it was compared with what there is.
 */
public final class WireReader {
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int type;

  public WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Goes to the next field, whose value is then read or skipped. */
  public boolean next() throws IOException {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    return true;
  }

  public int field() {
    return field;
  }

  public long number() throws IOException {
    require(WireWriter.VARINT);
    return varint();
  }

  /**
   * A number that must be an int of 0 or more.
   *
   * @param what the error's name for it
   */
  public int count(String what) throws IOException {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IOException("Cannot read state: %d is no number of %s".formatted(value, what));
    }
    return (int) value;
  }

  public boolean flag() throws IOException {
    return number() != 0;
  }

  public long signed() throws IOException {
    return Decimal.unzigzag(number());
  }

  public double real() throws IOException {
    if (type == WireWriter.VARINT) {
      double value = Decimal.unpack(varint());
      if (Double.isNaN(value)) {
        throw damaged("field %d is no decimal".formatted(field));
      }
      return value;
    }
    require(WireWriter.FIXED64);
    return Double.longBitsToDouble(fixed());
  }

  public double[] reals() throws IOException {
    WireReader in = message();
    int decimals = (int) in.varint() - 1;
    if (decimals < -1 || decimals > Decimal.MOST_DECIMALS) {
      throw damaged("reals of %d decimals".formatted(decimals));
    }
    return decimals < 0 ? in.restInFull() : in.restAsDecimals(decimals);
  }

  /** As format 2 of the state file had them: in full, without a byte before them. */
  public double[] plainReals() throws IOException {
    return message().restInFull();
  }

  private double[] restInFull() throws IOException {
    int length = end - at;
    if (length % Long.BYTES != 0) {
      throw damaged("%d bytes are no list of reals".formatted(length));
    }
    double[] values = new double[length / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(fixed());
    }
    return values;
  }

  private double[] restAsDecimals(int decimals) throws IOException {
    double[] values = new double[end - at];
    int count = 0;
    long whole = 0;
    while (at < end) {
      whole += Decimal.unzigzag(varint());
      values[count++] = Decimal.of(whole, decimals);
    }
    return Arrays.copyOf(values, count);
  }

  public String text() throws IOException {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  public byte[] bytes() throws IOException {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A reader of the message within the message. */
  public WireReader message() throws IOException {
    int length = length();
    at += length;
    return new WireReader(bytes, at - length, at);
  }

  /** Passes over a value, known or not. */
  public void skip() throws IOException {
    switch (type) {
      case WireWriter.VARINT -> varint();
      case WireWriter.FIXED64 -> advance(Long.BYTES);
      case WireWriter.BYTES -> advance(length());
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw damaged("field %d is of unknown type %d".formatted(field, type));
    }
  }

  private int length() throws IOException {
    require(WireWriter.BYTES);
    long length = varint();
    if (length < 0 || length > end - at) {
      throw damaged("field %d claims %d bytes, %d are left".formatted(field, length, end - at));
    }
    return (int) length;
  }

  private void require(int expected) throws IOException {
    if (type != expected) {
      throw damaged("field %d is of type %d, expected %d".formatted(field, type, expected));
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = bytes[advance(1)];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged("a number has more than ten bytes");
  }

  private long fixed() throws IOException {
    int from = advance(Long.BYTES);
    long bits = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      bits = bits << 8 | (bytes[from + i] & 0xFF);
    }
    return bits;
  }

  private int advance(int count) throws IOException {
    if (count > end - at) {
      throw damaged("the bytes end within field " + field);
    }
    at += count;
    return at - count;
  }

  private static IOException damaged(String why) {
    return new IOException("Cannot read state: " + why);
  }
}
