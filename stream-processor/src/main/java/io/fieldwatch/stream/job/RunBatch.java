package io.fieldwatch.stream.job;

import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.pulse.dstream.BatchRun;

/**
 * What Spark calls for every batch. This class is in Spark's checkpoint, so it never changes: it
 * hands the batch to the runner of this process.
 */
final class RunBatch implements BatchRun {
  private static final long serialVersionUID = 1;

  @Override
  public BatchSummary run(long batchMillis) {
    return BatchSummary.sum(
        Driver.runner().run(batchMillis).stream().map(PartitionReport::summary));
  }
}
