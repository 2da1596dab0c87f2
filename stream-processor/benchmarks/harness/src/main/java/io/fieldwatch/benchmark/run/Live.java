package io.fieldwatch.benchmark.run;

import java.util.Optional;

/**
 * What a run at a steady load came to.
 *
 * @param standby whether a second process stood by
 * @param readingsPerSecond that were sent
 * @param latencyP50Seconds from the append of the record that closes a window to the append of the
 *     window
 * @param recoverySeconds from the kill until, in every partition, a window that became due after
 *     the kill came as soon as before; infinite if one had none while the run lasted
 * @param windows of how many windows the latency was measured
 * @param senderDelaySeconds how far the sender was behind its plan at worst
 * @param fault why the figures are void; nothing if the results are right
 */
public record Live(
    String system,
    boolean standby,
    double readingsPerSecond,
    double latencyP50Seconds,
    double latencyP99Seconds,
    double latencyMaxSeconds,
    double recoverySeconds,
    long windows,
    double senderDelaySeconds,
    Optional<String> fault) {
  public boolean isRight() {
    return fault.isEmpty();
  }

  /** Whether its windows came again as soon as before while the run lasted. */
  public boolean isRecovered() {
    return Double.isFinite(recoverySeconds);
  }
}
