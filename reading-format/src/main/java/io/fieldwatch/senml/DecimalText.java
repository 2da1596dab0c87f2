package io.fieldwatch.senml;

/** Reads the numbers sensors send, a few digits and a point, without allocating. */
final class DecimalText {
  /** So many characters that their digits cannot overflow a long. */
  private static final int MAX_LENGTH = 18;

  static final long MAX_EXACT_INTEGER = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17
  };

  private DecimalText() {}

  /**
   * The double nearest to a number of JSON's grammar, or NaN where the caller has to use a complete
   * parser: exponents, many digits, and tokens that are no number.
   */
  static double parse(char[] characters, int offset, int length) {
    if (length > MAX_LENGTH) {
      return Double.NaN;
    }
    boolean negative = characters[offset] == '-';
    long digits = 0;
    int point = -1;
    int end = offset + length;
    for (int i = negative ? offset + 1 : offset; i < end; i++) {
      char c = characters[i];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
      } else if (c == '.') {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    return number(negative, digits, point < 0 ? 0 : end - 1 - point);
  }

  /**
   * The double nearest to a decimal, or NaN where the caller has to use a complete parser.
   *
   * @param digits all of them, those behind the point too; not negative
   * @param decimals how many of them, at most 17, stand behind the point
   */
  static double number(boolean negative, long digits, int decimals) {
    if (digits > MAX_EXACT_INTEGER) {
      return Double.NaN;
    }
    // Both operands are exact doubles, so IEEE 754 rounds the quotient correctly.
    double magnitude = decimals == 0 ? digits : digits / POWERS_OF_TEN[decimals];
    return negative ? -magnitude : magnitude;
  }
}
