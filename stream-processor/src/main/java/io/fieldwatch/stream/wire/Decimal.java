package io.fieldwatch.stream.wire;

/**
 * Doubles that are whole numbers of up to four decimals, which is what most sensors give, as those
 * whole numbers: two or three bytes instead of eight, and the same double to the last bit when they
 * are divided again.
 */
public final class Decimal {
  static final int MOST_DECIMALS = 4;

  private static final int DECIMALS_BITS = 3;
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** So that whole numbers stay exact as doubles, and their differences as longs. */
  private static final double GREATEST = 1e11;

  private Decimal() {}

  /** How many decimals a double has; -1 if it is none of these. */
  static int decimals(double value) {
    if (!(Math.abs(value) <= GREATEST)) {
      return -1;
    }
    long whole = whole(value, MOST_DECIMALS);
    // Minus zero divides to plus zero.
    if (!isSame(value, whole, MOST_DECIMALS)) {
      return -1;
    }
    int decimals = MOST_DECIMALS;
    while (decimals > 0 && whole % 10 == 0) {
      whole /= 10;
      decimals--;
    }
    return decimals;
  }

  /**
   * Appends a double as short text, which parses to the same double.
   *
   * @return false if the double is none of these; nothing is appended then
   */
  public static boolean append(double value, StringBuilder text) {
    int decimals = decimals(value);
    if (decimals < 0) {
      return false;
    }
    long whole = whole(value, decimals);
    if (whole < 0) {
      text.append('-');
    }
    long unit = (long) POWERS[decimals];
    text.append(Math.abs(whole) / unit);
    if (decimals > 0) {
      long rest = Math.abs(whole) % unit;
      text.append('.');
      for (long place = unit / 10; rest < place; place /= 10) {
        text.append('0');
      }
      text.append(rest);
    }
    return true;
  }

  /** The whole number that a double is, where it has so many decimals or fewer. */
  static long whole(double value, int decimals) {
    return (long) Math.rint(value * POWERS[decimals]);
  }

  static double of(long whole, int decimals) {
    return whole / POWERS[decimals];
  }

  /** A double and its decimals in one number, small for what is short; -1 if it is none. */
  static long pack(double value) {
    int decimals = decimals(value);
    if (decimals < 0) {
      return -1;
    }
    return zigzag(whole(value, decimals)) << DECIMALS_BITS | decimals;
  }

  /** What {@link #pack} packed; not a number if it cannot have. */
  static double unpack(long packed) {
    int decimals = (int) (packed & ((1 << DECIMALS_BITS) - 1));
    return decimals > MOST_DECIMALS ? Double.NaN : of(unzigzag(packed >>> DECIMALS_BITS), decimals);
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static boolean isSame(double value, long whole, int decimals) {
    return Double.doubleToRawLongBits(of(whole, decimals)) == Double.doubleToRawLongBits(value);
  }
}
