package io.fieldwatch.quarantine;

/**
 * Headers of a record in {@code fieldwatch.quarantine}. The value is the message's bytes, the key
 * its {@code site/device} where known, its timestamp the original's; headers of the original record
 * are kept beside these. All are UTF-8 text.
 *
 * <p>Writing is at-least-once: a record that a crash caused to be written twice has the same {@link
 * #ORIGIN} and {@link #REASON}.
 */
public final class QuarantineHeaders {
  /** A {@link Reason#code()}. */
  public static final String REASON = "quarantine.reason";

  /** One sentence for people. */
  public static final String DETAIL = "quarantine.detail";

  /** How many readings of the message are affected; {@code -1} where it could not be decoded. */
  public static final String READINGS = "quarantine.readings";

  /** Where it came from: {@code topic/partition@offset} in Kafka, or {@code mqtt}. */
  public static final String ORIGIN = "quarantine.origin";

  /** {@code true} where the value is only the head of the message. */
  public static final String TRUNCATED = "quarantine.truncated";

  /**
   * Stands on a record in {@code fieldwatch.readings} that was sent again from quarantine: the
   * {@link #ORIGIN} of what was quarantined, or its place in quarantine where that is {@code mqtt}.
   */
  public static final String REPLAYED = "quarantine.replayed";

  private QuarantineHeaders() {}
}
