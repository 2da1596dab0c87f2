package io.fieldwatch.stream.job;

import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;

/**
 * Where the job goes on: a snapshot, if there is one, and the place in the log that it stands at.
 */
record StartingPoint(Optional<Snapshot> snapshot, Position position) {

  /**
   * Goes on from a snapshot, or from the beginning of the log without one.
   *
   * @param firstOffsets the first offset that each partition still has
   * @param endOffsets the offset behind the last record of each partition
   * @throws IllegalStateException if the snapshot is of another log
   */
  static StartingPoint choose(
      Optional<Snapshot> snapshot, Map<Integer, Long> firstOffsets, Map<Integer, Long> endOffsets) {
    if (snapshot.isEmpty()) {
      return new StartingPoint(snapshot, Position.of(firstOffsets));
    }
    Position reached = Position.of(snapshot.get().nextOffsets());
    if (reached.partitions() != firstOffsets.size()) {
      throw new IllegalStateException(
          "Cannot start: the snapshot holds %d partitions, the topic has %d"
              .formatted(reached.partitions(), firstOffsets.size()));
    }
    reached
        .offsets()
        .forEach(
            (partition, next) -> {
              long end = endOffsets.getOrDefault(partition, 0L);
              if (end < next) {
                throw new IllegalStateException(
                    "Cannot start: partition %d ends at offset %d, the state has read it up to %d."
                            .formatted(partition, end, next)
                        + " If the topic was made anew, move state/ and ledger/ on HDFS away");
              }
            });
    return new StartingPoint(snapshot, reached);
  }
}
