package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fieldwatch.reading.DeviceId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns ASCII bytes into strings without a new string where the same text came before. A table of
 * one text a slot: a text that collides with another takes its place, so devices can waste the
 * cache but never grow it. Not thread-safe.
 */
final class AsciiCache {
  static final int MAX_LENGTH = 64;
  private static final int SLOTS = 1024;

  private final @Nullable Text[] slots = new Text[SLOTS];

  /** A text, and whether it can name something, found out once. */
  static final class Text {
    private final byte[] ascii;
    private final String string;
    private final boolean name;

    private Text(byte[] ascii) {
      this.ascii = ascii;
      this.string = new String(ascii, US_ASCII);
      this.name = DeviceId.isName(string);
    }

    String string() {
      return string;
    }

    /** Whether it is a {@link DeviceId#isName(CharSequence) name}. */
    boolean isName() {
      return name;
    }
  }

  /**
   * The text of the bytes.
   *
   * @param end behind the last of at most {@link #MAX_LENGTH} bytes, all of them ASCII
   * @param hash of these bytes; equal for equal bytes
   */
  Text get(byte[] bytes, int start, int end, int hash) {
    int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
    Text cached = slots[slot];
    if (cached != null && Arrays.equals(cached.ascii, 0, cached.ascii.length, bytes, start, end)) {
      return cached;
    }
    Text text = new Text(Arrays.copyOfRange(bytes, start, end));
    slots[slot] = text;
    return text;
  }
}
