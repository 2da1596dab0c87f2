package io.fieldwatch.stream.job;

import io.fieldwatch.stream.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the job goes on: a snapshot, if there is one, and the offsets to read from.
 *
 * @param offsets for each partition, ascending from 0
 */
record StartingPoint(Optional<Snapshot> snapshot, Map<Integer, Long> offsets) {
  private static final Logger log = LoggerFactory.getLogger(StartingPoint.class);

  /**
   * Chooses the newest snapshot, or the beginning of the log without one. Where Kafka has already
   * deleted records after the snapshot, the job goes on behind them; the missing seqs then stand in
   * the ledger.
   *
   * @param firstOffsets the first offset that each partition still has
   */
  static StartingPoint choose(Optional<Snapshot> snapshot, Map<Integer, Long> firstOffsets) {
    Map<Integer, Long> offsets = new TreeMap<>(firstOffsets);
    if (snapshot.isEmpty()) {
      return new StartingPoint(snapshot, offsets);
    }
    Map<Integer, Long> reached = snapshot.get().nextOffsets();
    if (!reached.keySet().equals(firstOffsets.keySet())) {
      throw new IllegalStateException(
          "Cannot start: the snapshot holds %d partitions, the topic has %d"
              .formatted(reached.size(), firstOffsets.size()));
    }
    reached.forEach(
        (partition, next) -> {
          long first = offsets.getOrDefault(partition, 0L);
          if (first > next) {
            log.warn(
                "Records were deleted before they were read: partition={} from={} to={}",
                partition,
                next,
                first);
          }
          offsets.put(partition, Math.max(first, next));
        });
    return new StartingPoint(snapshot, offsets);
  }
}
