package io.fieldwatch.benchmark.load;

/**
 * A pack as it is sent. Nobody changes the arrays.
 *
 * @param sentMillis when it is sent by the fleet's clock: the record's timestamp
 * @param readings that it holds; 0 where it is cut off
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record Pack(int partition, long sentMillis, byte[] key, byte[] value, int readings) {}
