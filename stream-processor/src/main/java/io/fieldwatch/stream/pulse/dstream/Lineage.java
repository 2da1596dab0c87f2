package io.fieldwatch.stream.pulse.dstream;

import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;

/** Keeps the lineage of windows short, where each is computed from the one before. */
final class Lineage {
  private Lineage() {}

  /**
   * Ends the lineage at the window that a result is made of, unless Spark is about to write that
   * window to HDFS, which ends it too. Only for windows is a storage level set, so the nearest RDD
   * that has one is it.
   *
   * <p>Without this the lineage would end nowhere while HDFS is away, and a lineage of a few
   * hundred RDDs overflows the stack of Spark's scheduler, which ends the whole job.
   */
  static void endAtWindow(RDD<?> result) {
    RDD<?> rdd = result;
    while (rdd.getStorageLevel().equals(StorageLevel.NONE())) {
      if (rdd.dependencies().size() != 1) {
        return;
      }
      rdd = rdd.dependencies().head().rdd();
    }
    if (rdd.checkpointData().isEmpty()) {
      rdd.localCheckpoint();
    }
  }
}
