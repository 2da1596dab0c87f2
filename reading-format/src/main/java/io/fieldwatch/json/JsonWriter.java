package io.fieldwatch.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds one JSON text in UTF-8. Knows how values are spelled, not how they nest: the caller writes
 * the punctuation with {@link #raw}. Not thread-safe.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  /** Every whole number below has at most 15 digits: distinct decimals are distinct doubles. */
  private static final double FIFTEEN_DIGITS = 1e15;

  private byte[] bytes;
  private int length;

  public JsonWriter(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  /** The text so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends ASCII text as it is. */
  public JsonWriter raw(String ascii) {
    int end = ascii.length();
    ensure(end);
    for (int i = 0; i < end; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends a text in quotes, escaped. Half a surrogate pair becomes {@code ?}. */
  public JsonWriter string(String text) {
    raw("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else {
        int end = Character.isHighSurrogate(c) ? Math.min(text.length(), i + 2) : i + 1;
        append(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    return raw("\"");
  }

  /** Appends a whole number. */
  public JsonWriter number(long number) {
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        return raw(Long.toString(number));
      }
      raw("-");
      number = -number;
    }
    digits(number, digitCount(number));
    return this;
  }

  /**
   * Appends a number that reads back as the same double. Up to 15 digits it is the shortest such
   * text; beyond, it is that of {@link Double#toString(double)}.
   *
   * @throws IllegalArgumentException if the number is not finite: JSON cannot say it
   */
  public JsonWriter number(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("Cannot write " + number + " as JSON: not finite");
    }
    double magnitude = Math.abs(number);
    for (int decimals = 0; decimals < POWERS_OF_TEN.length; decimals++) {
      double scaled = Math.rint(magnitude * POWERS_OF_TEN[decimals]);
      if (scaled >= FIFTEEN_DIGITS) {
        break;
      }
      // Both sides are exact, so the quotient is what a reader of these digits computes.
      if (scaled / POWERS_OF_TEN[decimals] == magnitude) {
        return decimal(isNegative(number), (long) scaled, decimals);
      }
    }
    return raw(Double.toString(number));
  }

  /** Appends an amount of {@code 10^-decimals} units, such as milliseconds as seconds, exactly. */
  public JsonWriter decimal(long amount, int decimals) {
    while (decimals > 0 && amount % 10 == 0) {
      amount /= 10;
      decimals--;
    }
    return decimal(amount < 0, Math.abs(amount), decimals);
  }

  private JsonWriter decimal(boolean negative, long digits, int decimals) {
    if (negative) {
      raw("-");
    }
    int count = Math.max(digitCount(digits), decimals + 1);
    digits(digits, count);
    if (decimals > 0) {
      ensure(1);
      int point = length - decimals;
      System.arraycopy(bytes, point, bytes, point + 1, decimals);
      bytes[point] = '.';
      length++;
    }
    return this;
  }

  private static boolean isNegative(double number) {
    return Double.doubleToRawLongBits(number) < 0;
  }

  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      ensure(2);
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c < 0x20) {
      raw("\\u00");
      ensure(2);
      bytes[length++] = HEX[c >> 4];
      bytes[length++] = HEX[c & 0xf];
    } else {
      ensure(1);
      bytes[length++] = (byte) c;
    }
  }

  private void digits(long number, int count) {
    ensure(count);
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    length += count;
  }

  private static int digitCount(long number) {
    int count = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      count++;
    }
    return count;
  }

  private void append(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
