package io.fieldwatch.stream.pulse;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A device with a place on a leaderboard.
 *
 * @param device {@code site/device}
 */
public record Leader(String device, long anomalies) implements Serializable {
  public Leader {
    requireNonNull(device, "device is null");
    if (anomalies < 1) {
      throw new IllegalArgumentException("Invalid leader " + device + ": no anomaly");
    }
  }
}
