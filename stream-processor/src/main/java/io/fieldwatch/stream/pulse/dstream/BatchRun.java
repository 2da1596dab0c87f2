package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.pulse.BatchSummary;
import java.io.Serializable;

/** Runs the batches. In Spark's checkpoint, so it only finds the runner of its process. */
public interface BatchRun extends Serializable {
  /**
   * Runs the batch that is due. Blocks until its results are delivered; called on the driver, one
   * batch after another.
   *
   * @param batchMillis when it is due; those that were due before this process began do nothing
   * @return what it did, {@link BatchSummary#NOTHING} where it did not run
   */
  BatchSummary run(long batchMillis);
}
