package io.fieldwatch.stream.ledger;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What the files of the ledger say, as far as they can be believed: of each file the lines before
 * the first one that is damaged or does not follow from those before it. A torn last line is what a
 * crash leaves and loses nothing that was answered.
 */
public final class History {
  private long term;
  private long batch;
  private final Map<Position, Long> vouched = new HashMap<>();
  private boolean hasSnapshots;
  private final ModelTrail trail = new ModelTrail();
  private final List<String> problems = new ArrayList<>();

  private History() {}

  /**
   * Reads all files.
   *
   * @param files their texts by number
   */
  public static History of(SortedMap<Long, String> files) {
    History history = new History();
    files.forEach(history::read);
    return history;
  }

  /** Number of the newest file, 0 without any. */
  public long term() {
    return term;
  }

  /** The greatest number that a batch has had, 0 without any. */
  public long batch() {
    return batch;
  }

  /**
   * The newest file that says that everything before a position was delivered; empty if none does,
   * and then a state that stands there must not be believed.
   */
  public OptionalLong vouches(Position position) {
    Long found = vouched.get(position);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** Whether there has been a snapshot. */
  public boolean hasSnapshots() {
    return hasSnapshots;
  }

  /** Which models scored what; the caller's to go on with. */
  public ModelTrail trail() {
    return trail;
  }

  /** What could not be believed, a sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(long number, String text) {
    term = Math.max(term, number);
    Account account = null;
    int row = 0;
    for (String line : whole(text)) {
      row++;
      Entry entry;
      try {
        entry = EntryLine.parse(line);
        account = account == null ? first(entry) : account.plus(entry);
      } catch (IllegalArgumentException | IllegalStateException | DateTimeException e) {
        problems.add(
            "Batch ledger file %d is believed up to line %d: %s"
                .formatted(number, row - 1, e.getMessage()));
        return;
      }
      hasSnapshots |= entry instanceof Entry.Snapshot;
      batch = Math.max(batch, account.batch());
      if (entry instanceof Entry.Intent intent) {
        trail.add(intent.until(), intent.release().model());
      }
      if (account.open().isEmpty()) {
        vouched.put(account.position(), number);
      }
    }
  }

  /** The lines that end with a line feed: what comes after the last one was never answered. */
  private static List<String> whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static Account first(Entry entry) {
    if (entry instanceof Entry.Begin begin) {
      return Account.of(begin);
    }
    throw new IllegalArgumentException("a file begins with a begin line");
  }
}
