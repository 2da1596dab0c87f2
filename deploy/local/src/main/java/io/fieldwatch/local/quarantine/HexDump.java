package io.fieldwatch.local.quarantine;

import java.util.ArrayList;
import java.util.List;

/** Bytes for people: their places, the bytes, and what they are as text. */
public final class HexDump {
  private static final int WIDTH = 16;

  private HexDump() {}

  /** One line for 16 bytes, and one that says how many are left out beyond the bound. */
  public static List<String> of(byte[] bytes, int most) {
    List<String> lines = new ArrayList<>();
    int shown = Math.min(bytes.length, most);
    for (int at = 0; at < shown; at += WIDTH) {
      lines.add(line(bytes, at, Math.min(shown, at + WIDTH)));
    }
    if (shown < bytes.length) {
      lines.add("… and %d more bytes".formatted(bytes.length - shown));
    }
    return lines;
  }

  private static String line(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      hex.append("%02x ".formatted(bytes[i]));
      text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
    }
    return "%08x  %-48s |%s|".formatted(from, hex, text);
  }
}
