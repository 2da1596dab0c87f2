package io.fieldwatch.stream.job;

import java.io.Serializable;

/**
 * What the driver tells the tasks of one batch.
 *
 * @param beginMillis when the batch began by the driver's clock: stamps what is said about the job
 *     and its devices, and nothing else depends on it
 * @param openLevels of how many levels of windows the open ones that changed are written out
 * @param publishDevices whether device states and ledgers are written out
 */
record BatchPlan(long beginMillis, int openLevels, boolean publishDevices) implements Serializable {
  /** Only goes through the records. */
  static BatchPlan ofRecordsOnly(long beginMillis) {
    return new BatchPlan(beginMillis, 0, false);
  }

  boolean isOfRecordsOnly() {
    return openLevels == 0 && !publishDevices;
  }
}
