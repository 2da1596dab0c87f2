package io.fieldwatch.senml;

import org.jspecify.annotations.Nullable;

/**
 * Turns the characters of a parser into strings without a new string where the same text came
 * before. A table of one text a slot: a text that collides with another takes its place, so devices
 * can waste the cache but never grow it. Not thread-safe.
 */
final class TextCache {
  private static final int SLOTS = 1024;
  private static final int MAX_LENGTH = 64;

  private final @Nullable String[] slots = new String[SLOTS];

  /** The text of {@code length} characters from {@code offset}. */
  String get(char[] characters, int offset, int length) {
    if (length > MAX_LENGTH) {
      return new String(characters, offset, length);
    }
    int slot = slot(characters, offset, length);
    String cached = slots[slot];
    if (cached != null && isSame(cached, characters, offset, length)) {
      return cached;
    }
    String text = new String(characters, offset, length);
    slots[slot] = text;
    return text;
  }

  private static int slot(char[] characters, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + characters[i];
    }
    return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
  }

  private static boolean isSame(String text, char[] characters, int offset, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
