package io.fieldwatch.local.oracle;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which point: two with the same identity are one in InfluxDB.
 *
 * @param tags sorted by name
 */
record PointId(String measurement, TreeMap<String, String> tags, long timeMillis)
    implements Comparable<PointId> {
  private static final Comparator<PointId> ORDER =
      Comparator.comparing(PointId::measurement)
          .thenComparingLong(PointId::timeMillis)
          .thenComparing(id -> id.tags().toString());

  PointId {
    tags = new TreeMap<>(tags);
  }

  PointId(String measurement, Map<String, String> tags, long timeMillis) {
    this(measurement, new TreeMap<>(tags), timeMillis);
  }

  @Override
  public int compareTo(PointId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return measurement + tags + " at " + timeMillis;
  }
}
