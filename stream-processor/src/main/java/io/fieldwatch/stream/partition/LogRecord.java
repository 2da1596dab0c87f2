package io.fieldwatch.stream.partition;

import org.jspecify.annotations.Nullable;

/**
 * A record of the log as the state sees it. Nobody changes the arrays.
 *
 * @param offset its place in its partition
 * @param ingestMillis when the connector took it from the broker
 * @param mqttTopic where the connector took it from; null if the record does not say, which means
 *     telemetry
 * @param delivery whether the broker sent it as it came in
 * @param key {@code site/device} in UTF-8
 * @param value the message's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A copy of every message would cost more than it guards.
public record LogRecord(
    long offset,
    long ingestMillis,
    @Nullable String mqttTopic,
    Delivery delivery,
    byte @Nullable [] key,
    byte[] value) {

  /** Whether a message is news. */
  public enum Delivery {
    /** Sent on when it was published. */
    LIVE,
    /** Kept by the broker and sent to a new subscriber. */
    RETAINED
  }
}
