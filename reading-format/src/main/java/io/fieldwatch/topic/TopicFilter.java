package io.fieldwatch.topic;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * An MQTT topic filter (MQTT 5, section 4.7): levels divided by {@code /}, where {@code +} stands
 * for any one level and a last {@code #} for any number of them.
 *
 * @param text the filter as MQTT carries it
 */
public record TopicFilter(String text) implements Serializable {
  private static final String ONE = "+";
  private static final String REST = "#";
  private static final int MAX_CHARS = 65_535;

  public TopicFilter {
    requireNonNull(text, "text is null");
    String fault = faultOf(text);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("Invalid topic filter '" + text + "': " + fault);
    }
  }

  /** Whether a topic's messages are the filter's. */
  public boolean matches(String topic) {
    // A wildcard at the start does not stand for the broker's own topics (MQTT-4.7.2-1).
    if (topic.startsWith("$") && !text.startsWith("$")) {
      return false;
    }
    return matchesLevels(topic);
  }

  /** Whether there is a topic that both filters match. */
  public boolean overlaps(TopicFilter other) {
    return overlaps(levels(text), levels(other.text));
  }

  @Override
  public String toString() {
    return text;
  }

  /** Walks level by level without splitting: this runs once for every message. */
  private boolean matchesLevels(String topic) {
    int f = 0;
    int t = 0;
    while (true) {
      int filterEnd = end(text, f);
      int topicEnd = end(topic, t);
      int length = filterEnd - f;
      if (length == 1 && text.charAt(f) == '#') {
        return true;
      }
      boolean one = length == 1 && text.charAt(f) == '+';
      if (!one && (length != topicEnd - t || !text.regionMatches(f, topic, t, length))) {
        return false;
      }
      if (topicEnd == topic.length()) {
        // "a/#" matches "a" too.
        return filterEnd == text.length() || text.startsWith("/#", filterEnd);
      }
      if (filterEnd == text.length()) {
        return false;
      }
      f = filterEnd + 1;
      t = topicEnd + 1;
    }
  }

  private static int end(String levels, int from) {
    int slash = levels.indexOf('/', from);
    return slash < 0 ? levels.length() : slash;
  }

  private static boolean overlaps(List<String> a, List<String> b) {
    if (startsWith(a, REST) || startsWith(b, REST)) {
      return true;
    }
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty();
    }
    boolean sameLevel = startsWith(a, ONE) || startsWith(b, ONE) || a.get(0).equals(b.get(0));
    return sameLevel && overlaps(a.subList(1, a.size()), b.subList(1, b.size()));
  }

  private static boolean startsWith(List<String> levels, String level) {
    return !levels.isEmpty() && levels.get(0).equals(level);
  }

  private static List<String> levels(String text) {
    return List.of(text.split("/", -1));
  }

  private static String faultOf(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS || text.indexOf('\0') >= 0) {
      return "must have 1 to 65535 characters, none of them NUL";
    }
    if (text.startsWith("$share/")) {
      return "shared subscriptions would give one device's messages to several tasks";
    }
    List<String> levels = levels(text);
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.contains(REST) && (level.length() > 1 || i < levels.size() - 1)) {
        return "'#' must be the whole of the last level";
      }
      if (level.contains(ONE) && level.length() > 1) {
        return "'+' must be the whole of a level";
      }
    }
    return "";
  }
}
