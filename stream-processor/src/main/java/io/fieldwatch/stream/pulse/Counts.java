package io.fieldwatch.stream.pulse;

import java.util.HashMap;
import java.util.Map;

/** Counts by name. */
final class Counts {
  private Counts() {}

  static Map<String, Long> plus(Map<String, Long> one, Map<String, Long> other) {
    if (one.isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return one;
    }
    Map<String, Long> sum = new HashMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
