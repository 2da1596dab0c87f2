package io.fieldwatch.benchmark.flink;

import static java.util.Objects.requireNonNull;

/**
 * A record of the input as it came. Public because Flink reads its fields.
 *
 * @param device {@code site/device}
 * @param timestampMillis the record's time in Kafka
 */
@SuppressWarnings("ArrayRecordComponent") // A copy of every message would cost more than it guards.
public record Message(String device, byte[] value, long timestampMillis) {
  public Message {
    requireNonNull(device, "device is null");
    requireNonNull(value, "value is null");
  }
}
