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
      require(growth.from().equals(position), "the state to be split is at %s", growth.from());
      return new Account(term, batch, growth.to(), Optional.empty());
    }
    require(!(entry instanceof Entry.Begin), "a file begins once");
    return this;
  }

  /** An intent may replace one that was never committed: the batch failed, this one contains it. */
  private Account plus(Entry.Intent intent) {
    require(intent.batch() > batch, "batch %d comes after batch %d", intent.batch(), batch);
    require(intent.from().equals(position), "batch %d begins at %s", intent.batch(), intent.from());
    return new Account(term, intent.batch(), position, Optional.of(intent));
  }

  private Account plus(Entry.Commit commit) {
    require(
        open.isPresent() && open.get().batch() == commit.batch(),
        "batch %d is not the one that was recorded before it ran",
        commit.batch());
    require(
        open.get().until().equals(commit.until()),
        "batch %d was to end at %s and ended at %s",
        commit.batch(),
        open.get().until(),
        commit.until());
    return new Account(term, batch, commit.until(), Optional.empty());
  }

  private Account plus(Entry.Gap gap) {
    require(
        gap.partition() < position.partitions() && gap.from() == position.at(gap.partition()),
        "a gap in partition %d begins at %d",
        gap.partition(),
        gap.from());
    return new Account(term, batch, position.with(gap.partition(), gap.to()), Optional.empty());
  }

  private void require(boolean condition, String problem, Object... values) {
    if (!condition) {
      throw new IllegalStateException(
          "Cannot record in the batch ledger: %s, but the last commit ended at %s (term %d)"
              .formatted(problem.formatted(values), position, term));
    }
  }
}
