package io.fieldwatch.benchmark.oracle;

/** Which window of which sensor; the key is {@code site/device}. */
public record WindowId(String key, String sensor, long startMillis) {}
