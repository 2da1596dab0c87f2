package io.fieldwatch.senml;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one gzip member (RFC 1952) into a buffer that is used again, and never beyond a bound.
 * Unlike {@link java.util.zip.GZIPInputStream} it refuses bytes after the member. Not thread-safe.
 */
final class GzipReader {
  private static final int HEADER_LENGTH = 10;
  private static final int TRAILER_LENGTH = 8;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int RESERVED_FLAGS = 0xe0;
  private static final int FIRST_CAPACITY = 16 * 1024;

  private final int maxBytes;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[0];

  GzipReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  static boolean isGzip(byte[] payload) {
    return payload.length >= 2 && payload[0] == 0x1f && payload[1] == (byte) 0x8b;
  }

  /** The inflated bytes of the last {@link #inflate}; those beyond its result mean nothing. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Inflates into {@link #bytes()}.
   *
   * @return how many bytes there are, or one more than the bound if there are more than that
   * @throws IOException if the payload is no single, complete, sound gzip member
   */
  int inflate(byte[] payload) throws IOException {
    int start = dataStart(payload);
    inflater.reset();
    inflater.setInput(payload, start, payload.length - start);
    int length = inflateData();
    if (length <= maxBytes) {
      checkTrailer(payload, payload.length - inflater.getRemaining(), length);
    }
    return length;
  }

  private int inflateData() throws IOException {
    int length = 0;
    try {
      while (!inflater.finished() && length <= maxBytes) {
        ensureRoom(length);
        int count = inflater.inflate(bytes, length, Math.min(bytes.length, maxBytes + 1) - length);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IOException("the gzip data end too early");
        }
        length += count;
      }
    } catch (DataFormatException e) {
      throw new IOException("the gzip data are damaged", e);
    }
    return length;
  }

  private void ensureRoom(int length) {
    if (length == bytes.length) {
      int doubled = Math.max(FIRST_CAPACITY, length * 2);
      bytes = Arrays.copyOf(bytes, Math.min(doubled, maxBytes + 1));
    }
  }

  private void checkTrailer(byte[] payload, int start, int length) throws IOException {
    if (payload.length - start != TRAILER_LENGTH) {
      throw new IOException("the gzip data end too early or have bytes behind their end");
    }
    crc.reset();
    crc.update(bytes, 0, length);
    if (crc.getValue() != littleEndian(payload, start)
        || length != littleEndian(payload, start + 4)) {
      throw new IOException("the gzip checksum does not match");
    }
  }

  private static int dataStart(byte[] payload) throws IOException {
    if (payload.length < HEADER_LENGTH || payload[2] != DEFLATE) {
      throw new IOException("the gzip header is incomplete or not of deflate data");
    }
    int flags = payload[3] & 0xff;
    if ((flags & RESERVED_FLAGS) != 0) {
      throw new IOException("the gzip header has reserved flags");
    }
    int at = HEADER_LENGTH;
    if ((flags & FLAG_EXTRA) != 0) {
      at += at + 2 <= payload.length ? 2 + littleEndianShort(payload, at) : 2;
    }
    if ((flags & FLAG_NAME) != 0) {
      at = afterZero(payload, at);
    }
    if ((flags & FLAG_COMMENT) != 0) {
      at = afterZero(payload, at);
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      at += 2;
    }
    if (at > payload.length) {
      throw new IOException("the gzip header is incomplete");
    }
    return at;
  }

  private static int afterZero(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && payload[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static int littleEndianShort(byte[] payload, int at) {
    return (payload[at] & 0xff) | (payload[at + 1] & 0xff) << 8;
  }

  private static long littleEndian(byte[] payload, int at) {
    return littleEndianShort(payload, at) | (long) littleEndianShort(payload, at + 2) << 16;
  }
}
