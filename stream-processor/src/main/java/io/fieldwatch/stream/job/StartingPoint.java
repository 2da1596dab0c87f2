package io.fieldwatch.stream.job;

import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;

/**
 * Where the job goes on: a snapshot, if there is one, and the place in the log that it stands at.
 */
record StartingPoint(Optional<Snapshot> snapshot, Position position) {

  /** Whether the topic has got more partitions than the state. */
  boolean isOutgrown(int topicPartitions) {
    return position.partitions() < topicPartitions;
  }

  /**
   * Goes on from a snapshot, or from the beginning of the log without one.
   *
   * @param history what the ledger says
   * @param firstOffsets the first offset that each partition still has
   * @param endOffsets the offset behind the last record of each partition
   * @throws IllegalStateException if the snapshot is of another log
   */
  static StartingPoint choose(
      Optional<Snapshot> snapshot,
      History history,
      Map<Integer, Long> firstOffsets,
      Map<Integer, Long> endOffsets) {
    if (snapshot.isEmpty()) {
      requireWhole(history, firstOffsets);
      return new StartingPoint(snapshot, Position.of(firstOffsets));
    }
    Position reached = Position.of(snapshot.get().nextOffsets());
    if (reached.partitions() > firstOffsets.size()) {
      throw new IllegalStateException(
          ("Cannot start: the state is of a topic with %d partitions, Kafka's has %d. A topic cannot"
                  + " lose partitions, so it was made anew; move state/ and ledger/ on HDFS away")
              .formatted(reached.partitions(), firstOffsets.size()));
    }
    requireInLog(reached, endOffsets, "start");
    return new StartingPoint(snapshot, reached);
  }

  /**
   * Refuses a state that has read further than the log goes: the log was made anew, and its records
   * would be passed over up to where the old one ended.
   *
   * @param what cannot be done then
   */
  static void requireInLog(Position reached, Map<Integer, Long> endOffsets, String what) {
    reached
        .offsets()
        .forEach(
            (partition, next) -> {
              long end = endOffsets.getOrDefault(partition, 0L);
              if (end < next) {
                throw new IllegalStateException(
                    "Cannot %s: partition %d ends at offset %d, the state has read it up to %d."
                            .formatted(what, partition, end, next)
                        + " If the topic was made anew, move state/ and ledger/ on HDFS away");
              }
            });
  }

  /** Without any state the results are only right if all that made them is read again. */
  private static void requireWhole(History history, Map<Integer, Long> firstOffsets) {
    if (history.hasSnapshots() && firstOffsets.values().stream().anyMatch(first -> first > 0)) {
      throw new IllegalStateException(
          "Cannot start: no snapshot can be used, and Kafka no longer has the beginning of the log,"
              + " so windows would be written again with a part of their readings. Bring state/ on"
              + " HDFS back, or move state/ and ledger/ away to begin anew with what Kafka has");
    }
  }
}
