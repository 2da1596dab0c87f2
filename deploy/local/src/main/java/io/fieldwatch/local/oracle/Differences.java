package io.fieldwatch.local.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a comparison found.
 *
 * @param compared how many points must be there
 * @param count how many points or fields differ, are missing, or are there and should not be
 * @param named the first of them in words
 */
public record Differences(long compared, long count, List<String> named) {
  private static final int NAMED = 20;

  public Differences {
    named = List.copyOf(named);
  }

  public boolean isNone() {
    return count == 0;
  }

  /** Both comparisons as one. */
  public Differences plus(Differences other) {
    List<String> both = new ArrayList<>(named);
    both.addAll(other.named);
    return new Differences(
        compared + other.compared,
        count + other.count,
        both.subList(0, Math.min(NAMED, both.size())));
  }

  @Override
  public String toString() {
    return "%d points compared, %d differences%s"
        .formatted(compared, count, isNone() ? "" : ":\n  " + String.join("\n  ", named));
  }

  /** Whether two values of one field are the same. */
  interface Sameness {
    boolean same(Object expected, Object found);
  }

  /** Compares field by field; every field counts on either side. */
  static <K extends Comparable<K>> Differences between(
      Map<K, Map<String, Object>> expected, Map<K, Map<String, Object>> found, Sameness sameness) {
    List<String> differences = new ArrayList<>();
    Counter counter = new Counter(differences);
    TreeSet<K> all = new TreeSet<>(expected.keySet());
    all.addAll(found.keySet());
    for (K key : all) {
      Map<String, Object> wanted = expected.get(key);
      Map<String, Object> there = found.get(key);
      if (there == null) {
        counter.add("missing: " + key + ' ' + wanted);
      } else if (wanted == null) {
        counter.add("should not be: " + key + ' ' + there);
      } else {
        compareFields(key, wanted, there, sameness, counter);
      }
    }
    return new Differences(expected.size(), counter.count, differences);
  }

  private static void compareFields(
      Object key,
      Map<String, Object> wanted,
      Map<String, Object> there,
      Sameness sameness,
      Counter counter) {
    TreeMap<String, Object> all = new TreeMap<>(there);
    all.putAll(wanted);
    for (String field : all.keySet()) {
      Object expected = wanted.get(field);
      Object found = there.get(field);
      if (expected == null || found == null || !sameness.same(expected, found)) {
        counter.add("%s: %s is %s, must be %s".formatted(key, field, found, expected));
      }
    }
  }

  private static final class Counter {
    private final List<String> differences;
    private long count;

    Counter(List<String> differences) {
      this.differences = differences;
    }

    void add(String difference) {
      count++;
      if (differences.size() < NAMED) {
        differences.add(difference);
      }
    }
  }
}
