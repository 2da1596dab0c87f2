package io.fieldwatch.stream.job;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * Latencies in milliseconds, from a reading's own time to InfluxDB's answer to the first point that
 * includes it. Not thread safe.
 */
final class Latencies implements Serializable {
  private static final long LONGEST_MILLIS = 7L * 24 * 3600 * 1000;
  private static final int DIGITS = 2;

  private final Histogram histogram = new Histogram(LONGEST_MILLIS, DIGITS);

  /** So many readings took so long; one ahead of this machine's clock counts as 0. */
  void record(long millis, int readings) {
    histogram.recordValueWithCount(Math.max(0, Math.min(LONGEST_MILLIS, millis)), readings);
  }

  void add(Latencies other) {
    histogram.add(other.histogram);
  }

  long count() {
    return histogram.getTotalCount();
  }

  /**
   * All of them in HdrHistogram's compressed form, base 64: unlike percentiles, these of several
   * batches can be added up.
   */
  String encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  double percentile(double percentile) {
    return histogram.getValueAtPercentile(percentile);
  }
}
