package io.fieldwatch.dashboards;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How Grafana's server chooses {@code $__interval} (its package intervalv2). */
final class Interval {

  private static final NavigableMap<Long, Long> ROUNDED = new TreeMap<>();

  static {
    // The greatest raw interval and what it becomes; milliseconds.
    long[][] table = {
      {10, 1},
      {15, 10},
      {35, 20},
      {75, 50},
      {150, 100},
      {350, 200},
      {750, 500},
      {1_500, 1_000},
      {3_500, 2_000},
      {7_500, 5_000},
      {12_500, 10_000},
      {17_500, 15_000},
      {25_000, 20_000},
      {45_000, 30_000},
      {90_000, 60_000},
      {210_000, 120_000},
      {450_000, 300_000},
      {750_000, 600_000},
      {1_050_000, 900_000},
      {1_500_000, 1_200_000},
      {2_700_000, 1_800_000},
      {5_400_000, 3_600_000},
      {9_000_000, 7_200_000},
      {16_200_000, 10_800_000},
      {32_400_000, 21_600_000},
      {86_400_000, 43_200_000},
      {604_800_000, 86_400_000},
      {1_814_400_000, 604_800_000},
      {3_628_800_000L, 2_592_000_000L},
    };
    for (long[] row : table) {
      ROUNDED.put(row[0], row[1]);
    }
  }

  private static final Duration LONGEST = Duration.ofDays(365);

  private Interval() {}

  static Duration of(TimeRange range, int maxDataPoints, Duration least) {
    long raw = range.length().toMillis() / maxDataPoints;
    var rounded = ROUNDED.ceilingEntry(raw);
    Duration interval = rounded == null ? LONGEST : Duration.ofMillis(rounded.getValue());
    return interval.compareTo(least) < 0 ? least : interval;
  }

  /** As Grafana writes a duration into a query: the greatest unit that divides it. */
  static String text(Duration interval) {
    long millis = interval.toMillis();
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  /** Reads what dashboards write: a whole number and one of ms, s, m, h, d. */
  static Duration parse(String text) {
    if (!text.matches("[1-9]\\d*(ms|s|m|h|d)")) {
      throw new IllegalArgumentException(
          "Cannot read the interval '" + text + "': expected a number and ms, s, m, h or d");
    }
    String unit = text.replaceAll("\\d", "");
    long amount = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
