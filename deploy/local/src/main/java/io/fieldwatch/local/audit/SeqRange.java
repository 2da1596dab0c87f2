package io.fieldwatch.local.audit;

import java.util.ArrayList;
import java.util.List;

/** Consecutive seqs, both ends included. */
public record SeqRange(long first, long last) {
  public SeqRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("Invalid seq range " + first + "-" + last);
    }
  }

  /**
   * Parses the ledger's form: {@code 3-5,9}; empty for none.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static List<SeqRange> parseAll(String text) {
    List<SeqRange> ranges = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        ranges.add(parse(part.strip()));
      }
    }
    return ranges;
  }

  private static SeqRange parse(String part) {
    try {
      int dash = part.indexOf('-');
      long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
      return new SeqRange(first, dash < 0 ? first : Long.parseLong(part.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Invalid seq range '" + part + "': expected N or N-M", e);
    }
  }

  @Override
  public String toString() {
    return first == last ? Long.toString(first) : first + "-" + last;
  }
}
