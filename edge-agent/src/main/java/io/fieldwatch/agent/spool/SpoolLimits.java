package io.fieldwatch.agent.spool;

/**
 * How much disk one spool may use.
 *
 * @param maxBytes bound of all its segments together; beyond it the oldest segment is dropped
 * @param segmentBytes size at which a new segment is begun; the unit in which space is freed
 */
public record SpoolLimits(long maxBytes, long segmentBytes) {
  /** Below this, dropping a segment would throw away a large part of the spool. */
  private static final int MIN_SEGMENTS = 4;

  private static final long MAX_SEGMENT_BYTES = 1 << 20;
  private static final long MIN_SEGMENT_BYTES = 4 << 10;

  /** The smallest bound there is. */
  public static final long MIN_BYTES = MIN_SEGMENTS * MIN_SEGMENT_BYTES;

  public SpoolLimits {
    if (segmentBytes < MIN_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "Invalid segment size %d: must be %d bytes or more"
              .formatted(segmentBytes, MIN_SEGMENT_BYTES));
    }
    if (maxBytes < MIN_SEGMENTS * segmentBytes) {
      throw new IllegalArgumentException(
          "Invalid spool size %d: must hold %d segments of %d bytes"
              .formatted(maxBytes, MIN_SEGMENTS, segmentBytes));
    }
  }

  /** A bound with segments of 1 MiB, or smaller ones where the bound is small. */
  public static SpoolLimits ofBytes(long maxBytes) {
    long segment =
        Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, maxBytes / (2 * MIN_SEGMENTS)));
    return new SpoolLimits(maxBytes, segment);
  }
}
