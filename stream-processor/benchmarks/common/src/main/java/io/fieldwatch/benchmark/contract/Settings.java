package io.fieldwatch.benchmark.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a system under test is told on its command line, each as {@code key=value}:
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code bootstrap}</td><td>the broker, {@code host:port}</td></tr>
 * <tr><td>{@code input}</td><td>the topic it reads from its beginning to its end, and on: key
 * {@code site/device}, value a SenML JSON pack; loaded before the start, or while it runs</td></tr>
 * <tr><td>{@code output}</td><td>the topic it appends its {@link WindowRecord}s to</td></tr>
 * <tr><td>{@code state}</td><td>an empty folder on a local disk for its checkpoints; not empty when
 * it is started again after a failure, and then it goes on from there</td></tr>
 * <tr><td>{@code snapshotMillis}</td><td>how often its state is made safe</td></tr>
 * <tr><td>{@code windowMillis}</td><td>the length of its tumbling event-time windows</td></tr>
 * <tr><td>{@code latenessMillis}</td><td>how far its watermark stays behind</td></tr>
 * <tr><td>{@code partitions}</td><td>how many the input has</td></tr>
 * </table>
 *
 * Further keys are a system's own, written behind these in its {@code systems.properties}. It runs
 * until SIGTERM.
 *
 * @param own the keys that are not in the table
 */
public record Settings(
    String bootstrap,
    String input,
    String output,
    Path state,
    Duration snapshotEvery,
    Duration window,
    Duration lateness,
    int partitions,
    Map<String, String> own) {
  public Settings {
    own = Map.copyOf(own);
    if (partitions < 1) {
      throw new IllegalArgumentException("Invalid partitions: must be 1 or more");
    }
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a sentence, if a key is missing or a value is none
   */
  public static Settings of(String... arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "Cannot read argument '" + argument + "': it is not key=value");
      }
      given.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new Settings(
        take(given, "bootstrap"),
        take(given, "input"),
        take(given, "output"),
        Path.of(take(given, "state")),
        Duration.ofMillis(takeNumber(given, "snapshotMillis")),
        Duration.ofMillis(takeNumber(given, "windowMillis")),
        Duration.ofMillis(takeNumber(given, "latenessMillis")),
        Math.toIntExact(takeNumber(given, "partitions")),
        given);
  }

  /** These settings as a command line, which {@link #of} reads. */
  public String[] arguments() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("bootstrap", bootstrap);
    all.put("input", input);
    all.put("output", output);
    all.put("state", state.toString());
    all.put("snapshotMillis", Long.toString(snapshotEvery.toMillis()));
    all.put("windowMillis", Long.toString(window.toMillis()));
    all.put("latenessMillis", Long.toString(lateness.toMillis()));
    all.put("partitions", Integer.toString(partitions));
    all.putAll(own);
    return all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toArray(String[]::new);
  }

  private static long takeNumber(Map<String, String> given, String key) {
    String value = take(given, key);
    try {
      long number = Long.parseLong(value);
      if (number < 0) {
        throw new IllegalArgumentException("Invalid " + key + ": " + value + " is negative");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Invalid " + key + ": '" + value + "' is no number", e);
    }
  }

  private static String take(Map<String, String> given, String key) {
    String value = given.remove(key);
    if (value == null) {
      throw new IllegalArgumentException("Cannot start: the argument " + key + "=… is missing");
    }
    return value;
  }
}
