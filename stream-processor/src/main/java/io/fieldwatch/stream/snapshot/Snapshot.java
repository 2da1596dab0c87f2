package io.fieldwatch.stream.snapshot;

import java.util.Map;

/**
 * A complete snapshot on HDFS.
 *
 * @param number greater than that of every snapshot before it
 * @param nextOffsets for each partition the offset of the first record that is not in it
 */
public record Snapshot(long number, Map<Integer, Long> nextOffsets) {
  public Snapshot {
    nextOffsets = Map.copyOf(nextOffsets);
  }
}
