package io.fieldwatch.stream.job;

import io.fieldwatch.stream.partition.PartitionState;
import java.io.Serializable;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * The element of the state RDD: a partition's state after a batch, and what the task says of it.
 * Lives in the memory of its executor and never travels; only the report does.
 */
record PartitionOutcome(PartitionState state, PartitionReport report)
    implements Serializable, KnownSizeEstimation {
  /** What a device with one window and without features takes, and a report beside it. */
  private static final long BYTES_PER_DEVICE = 4_096;

  private static final long BYTES_OF_REPORT = 16_384;

  /**
   * How much of its memory for blocks Spark thinks this takes. Without this Spark would walk all
   * the objects of the state with reflection, for every partition in every batch. Rather too little
   * than too much: above its bound Spark would move the state to disk, and the next batch needs it.
   */
  @Override
  public long estimatedSize() {
    return BYTES_OF_REPORT + BYTES_PER_DEVICE * state.devices().size();
  }
}
