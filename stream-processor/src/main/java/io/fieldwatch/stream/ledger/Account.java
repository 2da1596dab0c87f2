package io.fieldwatch.stream.ledger;

import java.util.Optional;

/**
 * What the entries of one file add up to so far. Refuses an entry that does not follow from those
 * before it, both when it is written and when it is read again.
 *
 * <p>Invariant: every record of the log before {@code position} has been delivered, or is named in
 * a gap, or was in the state that the file began with.
 *
 * @param term number of the file
 * @param batch the greatest number that a batch has had
 * @param position behind the last committed batch
 * @param open the batch that may be running
 */
record Account(long term, long batch, Position position, Optional<Entry.Intent> open) {

  static Account of(Entry.Begin begin) {
    return new Account(begin.term(), begin.batch(), begin.position(), Optional.empty());
  }

  /**
   * The account with one more entry.
   *
   * @throws IllegalStateException if the entry does not follow
   */
  Account plus(Entry entry) {
    if (entry instanceof Entry.Intent intent) {
      return plus(intent);
    }
    if (entry instanceof Entry.Commit commit) {
      return plus(commit);
    }
    if (entry instanceof Entry.Gap gap) {
      return plus(gap);
    }
    if (entry instanceof Entry.Growth growth) {
      return plus(growth);
    }
    if (entry instanceof Entry.Begin) {
      throw refusal("a file begins once");
    }
    return this;
  }

  /** An intent may replace one that was never committed: the batch failed, this one contains it. */
  private Account plus(Entry.Intent intent) {
    if (intent.batch() <= batch) {
      throw refusal("batch %d comes after batch %d".formatted(intent.batch(), batch));
    }
    if (!intent.from().equals(position)) {
      throw refusal("batch %d begins at %s".formatted(intent.batch(), intent.from()));
    }
    return new Account(term, intent.batch(), position, Optional.of(intent));
  }

  private Account plus(Entry.Commit commit) {
    if (open.isEmpty() || open.get().batch() != commit.batch()) {
      throw refusal(
          "batch %d is not the one that was recorded before it ran".formatted(commit.batch()));
    }
    if (!open.get().until().equals(commit.until())) {
      throw refusal(
          "batch %d was to end at %s and ended at %s"
              .formatted(commit.batch(), open.get().until(), commit.until()));
    }
    return new Account(term, batch, commit.until(), Optional.empty());
  }

  private Account plus(Entry.Gap gap) {
    if (gap.partition() >= position.partitions() || gap.from() != position.at(gap.partition())) {
      throw refusal("a gap in partition %d begins at %d".formatted(gap.partition(), gap.from()));
    }
    return new Account(term, batch, position.with(gap.partition(), gap.to()), Optional.empty());
  }

  private Account plus(Entry.Growth growth) {
    if (!growth.from().equals(position)) {
      throw refusal("the state to be split is at %s".formatted(growth.from()));
    }
    return new Account(term, batch, growth.to(), Optional.empty());
  }

  private IllegalStateException refusal(String problem) {
    return new IllegalStateException(
        "Cannot record in the batch ledger: %s, but the last commit ended at %s (term %d)"
            .formatted(problem, position, term));
  }
}
