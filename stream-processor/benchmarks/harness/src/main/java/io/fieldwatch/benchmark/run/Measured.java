package io.fieldwatch.benchmark.run;

import java.util.Optional;

/**
 * One run of one system.
 *
 * @param seconds of how many of its seconds the figures are
 * @param readingsPerSecond not a number where it could not be told
 * @param cpuSecondsPerMillion of readings
 * @param compilersShare of its CPU seconds that Java's compilers used
 * @param otherShare of the core's time that others used or the host took
 * @param serversShare of the other core's time that servers and measurement used
 * @param results windows that were appended, each counted once
 * @param repeated windows that were appended again
 * @param fault why the figures are void; nothing if its results are right
 */
public record Measured(
    String system,
    int devices,
    double seconds,
    double readingsPerSecond,
    double cpuSecondsPerMillion,
    double compilersShare,
    double otherShare,
    double serversShare,
    long results,
    long repeated,
    Optional<String> fault) {
  /** A run of which nothing can be said but why. */
  static Measured nothing(String system, int devices, String fault) {
    double none = Double.NaN;
    return new Measured(
        system, devices, none, none, none, none, none, none, 0, 0, Optional.of(fault));
  }

  public boolean isRight() {
    return fault.isEmpty();
  }
}
