package io.fieldwatch.benchmark.plain;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The readings of one message.
 *
 * @param device {@code site/device}
 * @param readings one at least
 */
public record PlainPack(String device, String epoch, long seq, List<PlainReading> readings) {
  public PlainPack {
    requireNonNull(device, "device is null");
    requireNonNull(epoch, "epoch is null");
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("Invalid pack: it has no readings");
    }
  }

  /** The time of the newest of some readings. */
  public static long greatestMillis(List<PlainReading> readings) {
    long greatest = Long.MIN_VALUE;
    for (PlainReading reading : readings) {
      greatest = Math.max(greatest, reading.timeMillis());
    }
    return greatest;
  }
}
