package io.fieldwatch.benchmark.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.SplittableRandom;

/** Writes packs as SenML JSON, as the edge agent does. Not thread safe. */
final class PackText {
  static final int SENSORS = 5;

  private static final String[] NAMES = {
    "temperature", "humidity", "pressure", "voltage", "current"
  };
  private static final String[] UNITS = {"Cel", "%RH", "hPa", "V", "A"};
  private static final int[] LOWEST_HUNDREDTHS = {1_500, 3_000, 98_000, 22_500, 40};
  private static final int SPAN_HUNDREDTHS = 2_000;
  private static final long INTERVAL_MILLIS = 250;

  private final StringBuilder json = new StringBuilder(2_048);

  /**
   * @param lastMillis the time of the last readings
   * @param rounds how many readings of each sensor
   */
  byte[] write(String key, int seq, long lastMillis, int rounds, SplittableRandom random) {
    json.setLength(0);
    json.append("[{\"bn\":\"").append(key).append("/\",\"bt\":");
    decimal(lastMillis - (rounds - 1) * INTERVAL_MILLIS, 1_000);
    json.append(",\"epoch\":\"e").append(key.hashCode() & 0xffff).append("\",\"seq\":").append(seq);
    for (int round = 0; round < rounds; round++) {
      for (int sensor = 0; sensor < SENSORS; sensor++) {
        json.append(round + sensor == 0 ? "," : ",{");
        json.append("\"n\":\"").append(NAMES[sensor]);
        json.append("\",\"u\":\"").append(UNITS[sensor]).append('"');
        if (round > 0) {
          json.append(",\"t\":");
          decimal(round * INTERVAL_MILLIS, 1_000);
        }
        json.append(",\"v\":");
        decimal(LOWEST_HUNDREDTHS[sensor] + random.nextInt(SPAN_HUNDREDTHS), 100);
        json.append('}');
      }
    }
    return json.append(']').toString().getBytes(ISO_8859_1);
  }

  /** A number of parts of a whole, without zeros at its end. */
  private void decimal(long parts, int whole) {
    json.append(parts / whole);
    long rest = parts % whole;
    if (rest == 0) {
      return;
    }
    json.append('.');
    for (int unit = whole / 10; rest > 0; unit /= 10) {
      json.append((char) ('0' + rest / unit));
      rest %= unit;
    }
  }
}
