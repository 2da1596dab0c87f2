package io.fieldwatch.model.store;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * That a version became current.
 *
 * @param version the model's name
 * @param at when
 * @param way how
 */
public record Promotion(String version, Instant at, Way way) {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String BACK = "rollback";

  /** How a version becomes current. */
  public enum Way {
    /** It was promoted. */
    PROMOTED,
    /** The one that was promoted after it was rolled back. */
    ROLLED_BACK
  }

  public Promotion {
    requireName(version);
    requireNonNull(at, "at is null");
    requireNonNull(way, "way is null");
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
    return version + ' ' + at + (way == Way.ROLLED_BACK ? ' ' + BACK : "") + '\n';
  }

  static Promotion parse(String line) {
    String[] words = line.split(" ", -1);
    try {
      if (words.length == 2) {
        return new Promotion(words[0], Instant.parse(words[1]), Way.PROMOTED);
      }
      if (words.length == 3 && words[2].equals(BACK)) {
        return new Promotion(words[0], Instant.parse(words[1]), Way.ROLLED_BACK);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time in '" + line + "'", e);
    }
    throw new IllegalArgumentException(
        "'" + line + "' is not a version and a time, with or without '" + BACK + "'");
  }
}
