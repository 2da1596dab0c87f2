package io.fieldwatch.model.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * That a version was made current.
 *
 * @param version the model's name
 * @param at when
 */
public record Promotion(String version, Instant at) {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Promotion {
    requireName(version);
  }

  /**
   * Refuses what is no name of a model, and could be a path.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireName(String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException("Invalid model version '" + version + "'");
    }
  }

  String line() {
    return version + ' ' + at + '\n';
  }

  static Promotion parse(String line) {
    String[] words = line.split(" ", -1);
    try {
      if (words.length == 2) {
        return new Promotion(words[0], Instant.parse(words[1]));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time in '" + line + "'", e);
    }
    throw new IllegalArgumentException("'" + line + "' is not a version and a time");
  }
}
