package io.fieldwatch.stream.config;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param key its dotted key, such as {@code limits.packBytes} or {@code windows[2]}; empty for the
 *     file as a whole
 * @param line where it stands, from 1; 0 where there is no place to name, as for a missing key
 * @param sentence what is wrong and what is expected; never a secret
 */
public record Problem(String key, int line, String sentence) {
  public Problem {
    requireNonNull(key, "key is null");
    requireNonNull(sentence, "sentence is null");
  }

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (key.isEmpty() ? "" : key + ": ") + sentence;
  }
}
