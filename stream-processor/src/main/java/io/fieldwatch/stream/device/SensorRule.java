package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.stream.window.SensorKind;
import java.io.Serializable;

/**
 * Says of what kind some sensors are.
 *
 * @param match {@code site/device/sensor}, where {@code *} stands for any characters but a slash
 */
public record SensorRule(String match, SensorKind kind) implements Serializable {
  public SensorRule {
    requireNonNull(kind, "kind is null");
    if (match.chars().filter(c -> c == '/').count() != 2) {
      throw new IllegalArgumentException(
          "Invalid sensor rule '%s': expected site/device/sensor, with * for any name"
              .formatted(match));
    }
  }

  boolean matches(String path) {
    return matches(path, 0, 0);
  }

  private boolean matches(String path, int at, int pattern) {
    if (pattern == match.length()) {
      return at == path.length();
    }
    if (match.charAt(pattern) != '*') {
      return at < path.length()
          && path.charAt(at) == match.charAt(pattern)
          && matches(path, at + 1, pattern + 1);
    }
    for (int end = at; end <= path.length(); end++) {
      if (matches(path, end, pattern + 1)) {
        return true;
      }
      if (end == path.length() || path.charAt(end) == '/') {
        return false;
      }
    }
    return false;
  }
}
