package io.fieldwatch.agent.spool;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.PackId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment file {@code <number>.seg}: a header, then records without gaps. Numbers
 * are big-endian; checksums are CRC32C.
 *
 * <p>Header, 64 bytes:
 *
 * <table>
 * <caption>Segment header</caption>
 * <tr><th>at</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>8</td><td>{@code FWSPOOL1}</td></tr>
 * <tr><td>8</td><td>16</td><td>epoch, ASCII, padded with zeros</td></tr>
 * <tr><td>24</td><td>8</td><td>seq of the first record</td></tr>
 * <tr><td>32</td><td>8</td><td>readings produced in the epoch before the first record</td></tr>
 * <tr><td>40</td><td>4</td><td>checksum of bytes 0 to 39</td></tr>
 * <tr><td>44</td><td>20</td><td>zeros</td></tr>
 * </table>
 *
 * <p>Record, 32 bytes and the payload:
 *
 * <table>
 * <caption>Record</caption>
 * <tr><th>at</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>4</td><td>length of the payload</td></tr>
 * <tr><td>4</td><td>8</td><td>seq, one more than that of the record before</td></tr>
 * <tr><td>12</td><td>8</td><td>readings produced in the epoch up to and with this pack</td></tr>
 * <tr><td>20</td><td>4</td><td>readings in this pack</td></tr>
 * <tr><td>24</td><td>4</td><td>checksum of the payload</td></tr>
 * <tr><td>28</td><td>4</td><td>checksum of bytes 0 to 27</td></tr>
 * <tr><td>32</td><td>…</td><td>payload: the encoded pack</td></tr>
 * </table>
 *
 * <p>The prefix has a checksum of its own so that a record whose writing was cut off (prefix good,
 * payload short) is told apart from one that was written and later damaged: only the first kind was
 * certainly never published, and its seq may be given out again.
 */
final class SegmentFormat {
  static final int HEADER_BYTES = 64;
  static final int RECORD_PREFIX_BYTES = 32;
  static final int SEQ_AT = 4;
  static final int PRODUCED_AT = 12;
  static final int READINGS_AT = 20;
  static final int PAYLOAD_CHECKSUM_AT = 24;
  static final int PREFIX_CHECKSUM_AT = 28;

  private static final long MAGIC = 0x46_57_53_50_4f_4f_4c_31L;
  private static final int EPOCH_AT = 8;
  static final int EPOCH_BYTES = 16;
  private static final int HEADER_CHECKSUM_AT = 40;

  private SegmentFormat() {}

  /**
   * What a segment says about itself.
   *
   * @param first identity of its first record
   * @param producedBefore readings produced in the epoch before that record
   */
  record Header(PackId first, long producedBefore) {}

  static ByteBuffer encode(Header header) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    bytes.putLong(MAGIC);
    putEpoch(bytes, header.first().epoch());
    bytes.putLong(header.first().seq());
    bytes.putLong(header.producedBefore());
    bytes.putInt(checksum(new CRC32C(), bytes, 0, HEADER_CHECKSUM_AT));
    return bytes.clear();
  }

  /** The header, or empty if these bytes are none. */
  static Optional<Header> decode(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER_BYTES
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(HEADER_CHECKSUM_AT)
            != checksum(new CRC32C(), bytes, 0, HEADER_CHECKSUM_AT)) {
      return Optional.empty();
    }
    String epoch = getEpoch(bytes, EPOCH_AT);
    long firstSeq = bytes.getLong(EPOCH_AT + EPOCH_BYTES);
    if (!DeviceId.isName(epoch) || firstSeq < 1) {
      return Optional.empty();
    }
    long producedBefore = bytes.getLong(EPOCH_AT + EPOCH_BYTES + Long.BYTES);
    return Optional.of(new Header(new PackId(epoch, firstSeq), producedBefore));
  }

  /** The whole record in one buffer, so that it is written by one call. */
  static ByteBuffer encode(long seq, long produced, int readings, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload, 0, payload.length);
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_PREFIX_BYTES + payload.length);
    bytes.putInt(payload.length).putLong(seq).putLong(produced).putInt(readings);
    bytes.putInt((int) crc.getValue());
    bytes.putInt(prefixChecksum(crc, bytes, 0));
    return bytes.put(payload).flip();
  }

  static int prefixChecksum(CRC32C crc, ByteBuffer bytes, int start) {
    return checksum(crc, bytes, start, PREFIX_CHECKSUM_AT);
  }

  static int checksum(CRC32C crc, ByteBuffer bytes, int start, int length) {
    crc.reset();
    crc.update(bytes.array(), bytes.arrayOffset() + start, length);
    return (int) crc.getValue();
  }

  static void putEpoch(ByteBuffer bytes, String epoch) {
    byte[] name = epoch.getBytes(StandardCharsets.US_ASCII);
    if (name.length > EPOCH_BYTES) {
      throw new IllegalArgumentException(
          "Invalid epoch '" + epoch + "': longer than " + EPOCH_BYTES + " characters");
    }
    bytes.put(name).position(bytes.position() + EPOCH_BYTES - name.length);
  }

  static String getEpoch(ByteBuffer bytes, int start) {
    int length = 0;
    while (length < EPOCH_BYTES && bytes.get(start + length) != 0) {
      length++;
    }
    byte[] name = new byte[length];
    bytes.get(start, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** Reads the header of an open file. */
  static Optional<Header> readHeader(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, bytes.position());
    }
    return decode(bytes.flip());
  }
}
