package io.fieldwatch.stream.job;

/** A place in the course of a batch or a snapshot, named because a crash just there is a test. */
public enum Milestone {
  /** The ledger has the intent of a batch; no task has begun. On the driver's thread. */
  INTENT_RECORDED,

  /** InfluxDB has answered one request of a task; there may be more. On the task's thread. */
  OUTPUT_REQUEST_DELIVERED,

  /** A task has delivered all its outputs and is about to return. On the task's thread. */
  PARTITION_DELIVERED,

  /** All tasks of a batch have returned; it is not committed yet. On the driver's thread. */
  OUTPUTS_DELIVERED,

  /** A task has written one partition's file of a snapshot. On the task's thread. */
  SNAPSHOT_PARTITION_WRITTEN
}
