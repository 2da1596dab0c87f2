package io.fieldwatch.benchmark.run;

import java.util.Optional;

/**
 * One run of one system.
 *
 * @param readings of its stream
 * @param readingsPerSecond not a number where it could not be told
 * @param cpuSecondsPerMillion of readings
 * @param otherShare of the core's time that others used or the host took
 * @param results windows that were appended, each counted once
 * @param repeated windows that were appended again
 * @param fault why the figures are void; nothing if its results are right
 */
public record Measured(
    String system,
    int devices,
    long readings,
    double readingsPerSecond,
    double cpuSecondsPerMillion,
    double otherShare,
    long results,
    long repeated,
    Optional<String> fault) {
  public boolean isRight() {
    return fault.isEmpty();
  }
}
