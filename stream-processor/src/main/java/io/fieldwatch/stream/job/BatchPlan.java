package io.fieldwatch.stream.job;

import java.io.Serializable;

/**
 * What the driver tells the tasks of one batch.
 *
 * @param batchMillis the batch's time, which stamps what is said about the job and its devices
 * @param publishOpenWindows whether open windows that changed are written out
 * @param publishDevices whether device states and ledgers are written out
 */
record BatchPlan(long batchMillis, boolean publishOpenWindows, boolean publishDevices)
    implements Serializable {}
