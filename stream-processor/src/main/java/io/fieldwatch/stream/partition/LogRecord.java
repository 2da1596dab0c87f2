package io.fieldwatch.stream.partition;

import org.jspecify.annotations.Nullable;

/**
 * A record of the log as the state sees it. Nobody changes the arrays.
 *
 * @param offset its place in its partition
 * @param ingestMillis when the connector took it from the broker
 * @param key {@code site/device} in UTF-8
 * @param value the message's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A copy of every message would cost more than it guards.
public record LogRecord(long offset, long ingestMillis, byte @Nullable [] key, byte[] value) {}
