package io.fieldwatch.senml;

import java.io.IOException;

/**
 * Whether bytes are one well-formed CBOR item (RFC 8949, appendix C). Asked before the parser is:
 * jackson-dataformat-cbor 2.15.2, the version that Spark brings, believes a length that is longer
 * than the payload, or so long that it is negative, and runs out of its buffer or in circles.
 */
final class CborCheck {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;

  /** The additional information of an item whose end is marked by a break. */
  private static final int INDEFINITE = 31;

  private static final int BREAK = 0xff;

  /** A simple value below this has to be written in one byte. */
  private static final int SIMPLE_IN_TWO_BYTES = 32;

  private final byte[] bytes;
  private final int end;
  private final int maxDepth;
  private int at;

  private CborCheck(byte[] bytes, int end, int maxDepth) {
    this.bytes = bytes;
    this.end = end;
    this.maxDepth = maxDepth;
  }

  /**
   * Returns if it is one.
   *
   * @param length how many of the bytes count, from the first on
   * @param maxDepth how many arrays, maps and tags may stand in each other
   * @throws IOException with a sentence that says where it is not
   */
  static void requireWellFormed(byte[] bytes, int length, int maxDepth) throws IOException {
    CborCheck check = new CborCheck(bytes, length, maxDepth);
    check.item(0);
    if (check.at < length) {
      throw check.malformed("there is more behind its end");
    }
  }

  private void item(int depth) throws IOException {
    if (depth > maxDepth) {
      throw malformed("nested deeper than " + maxDepth);
    }
    int initial = next();
    int major = initial >> 5;
    int additional = initial & 0x1f;
    if (additional == INDEFINITE) {
      indefinite(major, depth);
      return;
    }
    long argument = argument(additional);
    switch (major) {
      case UNSIGNED, NEGATIVE -> {}
      case BYTES, TEXT -> skip(argument);
      case ARRAY -> items(argument, depth);
      case MAP -> {
        // Each half on its own: twice a great number is a small one.
        requireRoomFor(argument);
        items(2 * argument, depth);
      }
      case TAG -> item(depth + 1);
      default -> {
        if (additional == 24 && argument < SIMPLE_IN_TWO_BYTES) {
          throw malformed("a simple value that is no CBOR");
        }
      }
    }
  }

  private void indefinite(int major, int depth) throws IOException {
    switch (major) {
      case BYTES, TEXT -> {
        while (!isBreak()) {
          int chunk = next();
          if (chunk >> 5 != major || (chunk & 0x1f) == INDEFINITE) {
            throw malformed("a chunk of another kind");
          }
          skip(argument(chunk & 0x1f));
        }
      }
      case ARRAY -> {
        while (!isBreak()) {
          item(depth + 1);
        }
      }
      case MAP -> {
        while (!isBreak()) {
          item(depth + 1);
          item(depth + 1);
        }
      }
      default -> throw malformed("a break that ends nothing");
    }
  }

  private void items(long count, int depth) throws IOException {
    requireRoomFor(count);
    for (long i = 0; i < count; i++) {
      item(depth + 1);
    }
  }

  /** The argument of an item's head, unsigned: what is negative is beyond all bounds. */
  private long argument(int additional) throws IOException {
    if (additional < 24) {
      return additional;
    }
    if (additional > 27) {
      throw malformed("a head that is no CBOR");
    }
    long argument = 0;
    for (int i = 1 << (additional - 24); i > 0; i--) {
      argument = argument << 8 | next();
    }
    return argument;
  }

  private void skip(long count) throws IOException {
    requireRoomFor(count);
    at += (int) count;
  }

  /** Every item takes a byte at least. */
  private void requireRoomFor(long count) throws IOException {
    if (count < 0 || count > end - at) {
      throw malformed("cut off");
    }
  }

  /** Whether a break comes next; takes it if it does. */
  private boolean isBreak() throws IOException {
    if (at == end) {
      throw malformed("cut off");
    }
    boolean is = (bytes[at] & 0xff) == BREAK;
    if (is) {
      at++;
    }
    return is;
  }

  private int next() throws IOException {
    if (at == end) {
      throw malformed("cut off");
    }
    return bytes[at++] & 0xff;
  }

  private IOException malformed(String what) {
    return new IOException("it is no CBOR at byte " + at + ": " + what);
  }
}
