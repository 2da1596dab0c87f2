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
  private final Text nothing = new Text(new byte[0]);
  private Text last = nothing;

  /** A text, and whether it can name something, found out once. */
  static final class Text {
    private final byte[] ascii;
    private final String string;
    private final boolean name;

    /**
     * The slot of what came after this the last time: a reference would keep what was pushed out.
     */
    private int nextSlot;

    private Text(byte[] ascii) {
      this.ascii = ascii;
      this.string = new String(ascii, US_ASCII);
      this.name = DeviceId.isName(string);
    }

    int length() {
      return ascii.length;
    }

    /**
     * Whether its bytes are these.
     *
     * @param start with at least {@link #length()} bytes from there on
     */
    boolean isAt(byte[] bytes, int start) {
      for (int i = 0; i < ascii.length; i++) {
        if (bytes[start + i] != ascii[i]) {
          return false;
        }
      }
      return true;
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
   * The text that came after the last one when that came before: packs name the same few sensors in
   * the same order again and again.
   */
  Text likelyNext() {
    Text likely = slots[last.nextSlot];
    return likely == null ? nothing : likely;
  }

  /** What is likely was right. */
  Text take(Text likely) {
    last = likely;
    return likely;
  }

  /**
   * The text of the bytes.
   *
   * @param end behind the last of at most {@link #MAX_LENGTH} bytes, all of them ASCII
   * @param hash of these bytes; equal for equal bytes
   */
  Text get(byte[] bytes, int start, int end, int hash) {
    int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
    Text text = slots[slot];
    if (text == null || !Arrays.equals(text.ascii, 0, text.ascii.length, bytes, start, end)) {
      text = new Text(Arrays.copyOfRange(bytes, start, end));
      slots[slot] = text;
    }
    last.nextSlot = slot;
    last = text;
    return text;
  }
}
