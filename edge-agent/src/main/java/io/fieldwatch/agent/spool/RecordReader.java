package io.fieldwatch.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Reads the records of a segment one after the other. Not safe for several threads.
 *
 * <p>After {@link Outcome#RECORD} the accessors tell of that record until the next call.
 */
final class RecordReader {
  private static final int CHUNK = 16 << 10;

  /** What was found at the position. */
  enum Outcome {
    /** A whole record; the position is now behind it. */
    RECORD,
    /** Nothing more. */
    END,
    /** The beginning of a record that was never completely written. */
    TORN,
    /** Bytes that are no record. */
    DAMAGED
  }

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private long position;
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);

  private long seq;
  private long produced;
  private int readings;
  private byte[] payload = new byte[0];

  RecordReader(FileChannel channel, long position) {
    this.channel = channel;
    this.position = position;
  }

  /**
   * Reads the record at the position.
   *
   * @param limit where the readable part of the file ends
   */
  Outcome advance(long limit) throws IOException {
    long left = limit - position;
    if (left == 0) {
      return Outcome.END;
    }
    if (left < SegmentFormat.RECORD_PREFIX_BYTES) {
      return Outcome.TORN;
    }
    if (!fill(SegmentFormat.RECORD_PREFIX_BYTES, left)) {
      return Outcome.TORN;
    }
    int start = buffer.position();
    int length = buffer.getInt(start);
    if (SegmentFormat.prefixChecksum(checksum, buffer, start)
            != buffer.getInt(start + SegmentFormat.PREFIX_CHECKSUM_AT)
        || length < 0) {
      return Outcome.DAMAGED;
    }
    int size = SegmentFormat.RECORD_PREFIX_BYTES + length;
    if (left < size || !fill(size, left)) {
      return Outcome.TORN;
    }
    return take(buffer.position(), length) ? Outcome.RECORD : Outcome.DAMAGED;
  }

  private boolean take(int start, int length) {
    byte[] bytes = new byte[length];
    buffer.get(start + SegmentFormat.RECORD_PREFIX_BYTES, bytes);
    checksum.reset();
    checksum.update(bytes, 0, length);
    if ((int) checksum.getValue() != buffer.getInt(start + SegmentFormat.PAYLOAD_CHECKSUM_AT)) {
      return false;
    }
    seq = buffer.getLong(start + SegmentFormat.SEQ_AT);
    produced = buffer.getLong(start + SegmentFormat.PRODUCED_AT);
    readings = buffer.getInt(start + SegmentFormat.READINGS_AT);
    payload = bytes;
    int size = SegmentFormat.RECORD_PREFIX_BYTES + length;
    buffer.position(start + size);
    position += size;
    return true;
  }

  /** Makes at least so many bytes available in the buffer; false when the file is shorter. */
  private boolean fill(int wanted, long left) throws IOException {
    if (buffer.remaining() >= wanted) {
      return true;
    }
    int capacity = Math.max(wanted, CHUNK);
    if (buffer.capacity() < capacity) {
      buffer = ByteBuffer.allocate(capacity);
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), left));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        break;
      }
    }
    buffer.flip();
    return buffer.remaining() >= wanted;
  }

  /** Where the next record begins. */
  long position() {
    return position;
  }

  long seq() {
    return seq;
  }

  /** Readings produced in this epoch up to and with this record. */
  long produced() {
    return produced;
  }

  int readings() {
    return readings;
  }

  byte[] payload() {
    return payload;
  }
}
