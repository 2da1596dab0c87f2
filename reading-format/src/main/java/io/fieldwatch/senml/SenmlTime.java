package io.fieldwatch.senml;

/** The times that packs can carry, and with them readings of any format. */
public final class SenmlTime {
  /** RFC 8428, section 4.5.3: seconds below 2^28 are relative to now. 1978-07-04T21:24:16Z. */
  static final long FIRST_ABSOLUTE_MILLIS = (1L << 28) * 1000;

  /** 10000-01-01T00:00:00Z. Below it a double of seconds is exact to far less than half a ms. */
  static final long END_MILLIS = 253_402_300_800_000L;

  private SenmlTime() {}

  /** The nearest millisecond. */
  static long toMillis(double seconds) {
    return Math.round(seconds * 1000);
  }

  /** Whether a resolved time is absolute and before the year 10000. */
  public static boolean isAbsolute(long millis) {
    return millis >= FIRST_ABSOLUTE_MILLIS && millis < END_MILLIS;
  }
}
