package io.fieldwatch.stream.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An entry as a line of text: checksum, kind, and {@code key=value} pairs, each after one space.
 * {@code docs/reference/batch-ledger.md} is the specification.
 */
final class EntryLine {
  private static final int CHECKSUM_LENGTH = 8;

  private EntryLine() {}

  /** The line, with its line feed. */
  static String of(Entry entry) {
    String content = content(entry);
    return checksum(content) + " " + content + "\n";
  }

  /**
   * Reads a line, without its line feed.
   *
   * @throws IllegalArgumentException if it is damaged or says something unknown
   */
  static Entry parse(String line) {
    if (line.length() <= CHECKSUM_LENGTH
        || line.charAt(CHECKSUM_LENGTH) != ' '
        || !checksum(line.substring(CHECKSUM_LENGTH + 1))
            .equals(line.substring(0, CHECKSUM_LENGTH))) {
      throw new IllegalArgumentException("Damaged ledger line '%s'".formatted(line));
    }
    String[] words = line.substring(CHECKSUM_LENGTH + 1).split(" ", -1);
    Values values = new Values(words);
    return switch (words[0]) {
      case "begin" ->
          new Entry.Begin(
              values.number("term"),
              values.instant(),
              values.release(),
              values.number("batch"),
              values.position("position"));
      case "intent" ->
          new Entry.Intent(
              values.number("batch"),
              values.instant(),
              values.release(),
              values.position("from"),
              values.position("until"));
      case "commit" -> new Entry.Commit(values.number("batch"), values.position("until"));
      case "snapshot" -> new Entry.Snapshot(values.number("number"), values.position("position"));
      case "gap" ->
          new Entry.Gap(
              values.instant(),
              Math.toIntExact(values.number("partition")),
              values.number("from"),
              values.number("to"));
      case "growth" ->
          new Entry.Growth(values.instant(), values.position("from"), values.position("to"));
      case "end" -> new Entry.End(values.instant());
      default -> throw new IllegalArgumentException("Unknown ledger line '%s'".formatted(line));
    };
  }

  private static String content(Entry entry) {
    if (entry instanceof Entry.Begin begin) {
      return "begin term=%d at=%s %s batch=%d position=%s"
          .formatted(
              begin.term(), begin.at(), text(begin.release()), begin.batch(), begin.position());
    }
    if (entry instanceof Entry.Intent intent) {
      return "intent batch=%d at=%s %s from=%s until=%s"
          .formatted(
              intent.batch(), intent.at(), text(intent.release()), intent.from(), intent.until());
    }
    if (entry instanceof Entry.Commit commit) {
      return "commit batch=%d until=%s".formatted(commit.batch(), commit.until());
    }
    if (entry instanceof Entry.Snapshot snapshot) {
      return "snapshot number=%d position=%s".formatted(snapshot.number(), snapshot.position());
    }
    if (entry instanceof Entry.Gap gap) {
      return "gap partition=%d from=%d to=%d records=%d at=%s"
          .formatted(gap.partition(), gap.from(), gap.to(), gap.records(), gap.at());
    }
    if (entry instanceof Entry.Growth growth) {
      return "growth at=%s from=%s to=%s".formatted(growth.at(), growth.from(), growth.to());
    }
    return "end at=%s".formatted(((Entry.End) entry).at());
  }

  private static String text(Entry.Release release) {
    return "application=%s model=%s"
        .formatted(
            URLEncoder.encode(release.application(), UTF_8),
            URLEncoder.encode(release.model(), UTF_8));
  }

  private static String checksum(String content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content.getBytes(UTF_8));
    return "%08x".formatted(checksum.getValue());
  }

  /** The pairs of a line. A pair that nobody asks for is passed over: a later version wrote it. */
  private static final class Values {
    private final Map<String, String> pairs = new HashMap<>();

    Values(String[] words) {
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("No '=' in '%s'".formatted(words[i]));
        }
        pairs.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }

    String text(String key) {
      String value = pairs.get(key);
      if (value == null) {
        throw new IllegalArgumentException("Ledger line without " + key);
      }
      return value;
    }

    long number(String key) {
      return Long.parseLong(text(key));
    }

    Position position(String key) {
      return Position.parse(text(key));
    }

    Instant instant() {
      return Instant.parse(text("at"));
    }

    Entry.Release release() {
      return new Entry.Release(
          URLDecoder.decode(text("application"), UTF_8), URLDecoder.decode(text("model"), UTF_8));
    }
  }
}
