package io.fieldwatch.local.oracle;

/** A value that need not be met to the bit, because it depends on how it was added up. */
record Near(double value, double tolerance) {
  private static final double RELATIVE = 1e-9;

  /** As near as another order of additions comes, beside some absolute tolerance. */
  boolean isMetBy(double other) {
    return Math.abs(other - value)
        <= RELATIVE * Math.max(Math.abs(value), Math.abs(other)) + tolerance;
  }

  /** Whether a field is what it must be; to the bit where it is not {@code Near}. */
  static boolean same(Object expected, Object found) {
    return (expected instanceof Near near && found instanceof Double value)
        ? near.isMetBy(value)
        // Double.equals tells zeros apart by their sign and compares all others by their bits.
        : expected.equals(found);
  }
}
