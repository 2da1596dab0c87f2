package io.fieldwatch.model.recording;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a column says of times.
 *
 * @param rank the smaller, the more it speaks of times; not below {@link #NONE} if it does not
 * @param millisPerUnit what numbers count, if the name says it, as in {@code time (ms)}
 */
record TimeName(int rank, OptionalDouble millisPerUnit) {
  static final int NONE = 100;

  /** By falling right to be the one, without their unit and all but letters and digits. */
  private static final List<String> USUAL =
      List.of(
          "timestamp",
          "datetime",
          "time",
          "date",
          "timestamps",
          "times",
          "unixtimestamp",
          "unixtime",
          "epoch",
          "utc");

  /** Names of other things too; {@code unnamed0} and none at all are what pandas and R give. */
  private static final List<String> VAGUE =
      List.of("ts", "t", "elapsedtime", "elapsed", "seconds", "index", "unnamed0", "");

  private static final Map<String, Double> UNITS =
      Map.ofEntries(
          Map.entry("ns", 1e-6),
          Map.entry("us", 1e-3),
          Map.entry("µs", 1e-3),
          Map.entry("ms", 1.0),
          Map.entry("s", 1e3),
          Map.entry("sec", 1e3),
          Map.entry("seconds", 1e3),
          Map.entry("min", 6e4),
          Map.entry("minutes", 6e4),
          Map.entry("h", 3.6e6),
          Map.entry("hours", 3.6e6),
          Map.entry("days", 8.64e7));

  private static final Pattern WITH_UNIT =
      Pattern.compile("(.+?)(?:\\s*[(\\[]\\s*(\\p{L}+)\\s*[)\\]]|[_ ](ns|us|ms|s|sec|min))");

  static TimeName of(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    Matcher matcher = WITH_UNIT.matcher(lower);
    if (!matcher.matches()) {
      return new TimeName(rank(lower), OptionalDouble.empty());
    }
    Double unit = UNITS.get(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
    return new TimeName(
        rank(matcher.group(1)), unit == null ? OptionalDouble.empty() : OptionalDouble.of(unit));
  }

  private static int rank(String name) {
    String bare = name.replaceAll("[^\\p{L}\\p{N}]", "");
    int usual = USUAL.indexOf(bare);
    int vague = VAGUE.indexOf(bare);
    if (usual >= 0) {
      return usual;
    }
    return vague >= 0 ? USUAL.size() + vague : NONE;
  }

  /** Whether hardly anything but times is called so. */
  boolean isUsual() {
    return rank < USUAL.size();
  }

  /** Whether times are called so, but other things too. */
  boolean isVague() {
    return rank >= USUAL.size() && rank < NONE;
  }
}
