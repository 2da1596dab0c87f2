package io.fieldwatch.benchmark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * One closed window of one sensor, the value of an appended record whose key is {@code
 * site/device}.
 *
 * <p>Two encodings, which {@link #parse} tells apart by the first byte. Binary, big-endian, for
 * programs that have this class: the byte 1, start (8 bytes), count (8), mean, stddev, min, max,
 * p95 (8 each), then the sensor's name in UTF-8. Text, for queries that can only join strings:
 * {@code sensor,start,count,mean,stddev,min,max,p95}, numbers as Java prints them.
 *
 * @param startMillis the window's start, a multiple of its length, since the Unix epoch
 * @param count readings in it: 1 or more
 * @param stddev of the sample, divided by count − 1; 0 where count is 1
 * @param p95 interpolated between the neighbours of rank 0.95 · (count − 1), counted from 0
 *     (Hyndman and Fan 1996, definition 7)
 */
public record WindowRecord(
    String sensor,
    long startMillis,
    long count,
    double mean,
    double stddev,
    double min,
    double max,
    double p95) {
  private static final byte BINARY = 1;
  private static final int FIXED_BYTES = 1 + 7 * Long.BYTES;
  private static final int TEXT_FIELDS = 8;

  public WindowRecord {
    requireNonNull(sensor, "sensor is null");
    if (count < 1) {
      throw new IllegalArgumentException("Invalid window: count is " + count);
    }
  }

  /** The binary encoding. */
  public byte[] write() {
    byte[] name = sensor.getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + name.length)
        .put(BINARY)
        .putLong(startMillis)
        .putLong(count)
        .putDouble(mean)
        .putDouble(stddev)
        .putDouble(min)
        .putDouble(max)
        .putDouble(p95)
        .put(name)
        .array();
  }

  /** The text encoding. */
  public String text() {
    return sensor
        + ','
        + startMillis
        + ','
        + count
        + ','
        + mean
        + ','
        + stddev
        + ','
        + min
        + ','
        + max
        + ','
        + p95;
  }

  /**
   * Reads either encoding.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static WindowRecord parse(byte[] value) {
    if (value.length > FIXED_BYTES && value[0] == BINARY) {
      ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
      return new WindowRecord(
          new String(value, FIXED_BYTES, value.length - FIXED_BYTES, UTF_8),
          in.getLong(),
          in.getLong(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble());
    }
    return parse(new String(value, UTF_8));
  }

  private static WindowRecord parse(String text) {
    String[] fields = text.split(",", -1);
    if (fields.length != TEXT_FIELDS) {
      throw new IllegalArgumentException(
          "Cannot read window: %d fields, expected %d".formatted(fields.length, TEXT_FIELDS));
    }
    return new WindowRecord(
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]),
        Double.parseDouble(fields[7]));
  }
}
