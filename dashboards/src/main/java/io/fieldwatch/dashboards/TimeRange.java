package io.fieldwatch.dashboards;

import java.time.Duration;
import java.time.Instant;

/** The range of time that a dashboard shows; both ends belong to it, as in Grafana. */
record TimeRange(String name, Instant from, Instant to) {

  TimeRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Cannot show the range " + name + ": its start " + from + " is not before " + to);
    }
  }

  static TimeRange lastOf(String name, Duration length, Instant to) {
    return new TimeRange(name, to.minus(length), to);
  }

  Duration length() {
    return Duration.between(from, to);
  }
}
