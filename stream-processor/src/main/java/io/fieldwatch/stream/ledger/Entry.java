package io.fieldwatch.stream.ledger;

import java.time.Instant;

/** One line of the ledger. {@link EntryLine} writes and reads it. */
public sealed interface Entry {

  /**
   * The first line of every file: who writes it, and from where it goes on.
   *
   * @param term number of the file; greater than that of every file before it
   * @param batch the greatest number that a batch has had so far
   * @param position what the state stands at
   */
  record Begin(long term, Instant at, Release release, long batch, Position position)
      implements Entry {}

  /** A batch is about to read from one place up to another. Nothing of it is delivered yet. */
  record Intent(long batch, Instant at, Release release, Position from, Position until)
      implements Entry {
    public Intent {
      if (from.partitions() != until.partitions()) {
        throw new IllegalArgumentException(
            "Invalid batch %d: from %d partitions to %d"
                .formatted(batch, from.partitions(), until.partitions()));
      }
      from.offsets()
          .forEach(
              (partition, offset) -> {
                if (until.at(partition) < offset) {
                  throw new IllegalArgumentException(
                      "Invalid batch %d: partition %d goes back from %d to %d"
                          .formatted(batch, partition, offset, until.at(partition)));
                }
              });
    }
  }

  /** All outputs of a batch are answered. */
  record Commit(long batch, Position until) implements Entry {}

  /** A snapshot of the state at a position is complete and can be read. */
  record Snapshot(long number, Position position) implements Entry {}

  /** Kafka had deleted records before they were read: those from one offset up to another. */
  record Gap(Instant at, int partition, long from, long to) implements Entry {
    public Gap {
      if (from >= to) {
        throw new IllegalArgumentException(
            "Invalid gap in partition %d: from %d to %d".formatted(partition, from, to));
      }
    }

    public long records() {
      return to - from;
    }
  }

  /** The topic got more partitions, and the state was split among them. */
  record Growth(Instant at, Position from, Position to) implements Entry {
    public Growth {
      if (from.partitions() >= to.partitions()) {
        throw new IllegalArgumentException(
            "Invalid growth from %d partitions to %d"
                .formatted(from.partitions(), to.partitions()));
      }
    }
  }

  /** The job was told to stop and has nothing left to do. */
  record End(Instant at) implements Entry {}

  /**
   * What computed the results.
   *
   * @param application version of the stream job
   * @param model version of the model that scores
   */
  record Release(String application, String model) {}
}
