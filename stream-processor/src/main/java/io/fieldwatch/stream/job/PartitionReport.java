package io.fieldwatch.stream.job;

import io.fieldwatch.stream.partition.RunCounts;
import io.fieldwatch.stream.pulse.BatchSummary;
import java.io.Serializable;

/**
 * What a task tells the driver about one partition's part of a batch.
 *
 * @param nextOffset the offset after its last record
 * @param strays records sent again to their own partition
 * @param latencies of the readings that became visible
 * @param census taken when devices are published
 * @param summary what the pulse keeps of it
 */
record PartitionReport(
    int partition,
    long nextOffset,
    RunCounts counts,
    long flagged,
    long points,
    long strays,
    Latencies latencies,
    Census census,
    BatchSummary summary)
    implements Serializable {

  /** How large the state is. */
  record Census(boolean taken, long devices, long series, long openWindows)
      implements Serializable {
    static final Census NOT_TAKEN = new Census(false, 0, 0, 0);

    Census plus(Census other) {
      return new Census(
          taken || other.taken,
          devices + other.devices,
          series + other.series,
          openWindows + other.openWindows);
    }
  }
}
