package io.fieldwatch.stream.job;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/**
 * The tasks of batches. When one of them fails for good, Spark gives up their batch, but the others
 * go on: one that waits for InfluxDB would deliver its windows when later batches have delivered
 * them already. So the others are interrupted, and it can be asked whether all have ended.
 *
 * <p>Used by the thread that runs the batches.
 */
final class BatchTasks {
  private static final String GROUP = "fieldwatch-batch";

  private final JavaSparkContext spark;

  BatchTasks(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Runs a job of Spark's whose tasks are interrupted if it fails. */
  <T> T run(Supplier<T> job) {
    spark.setJobGroup(GROUP, "A batch", true);
    try {
      return job.get();
    } finally {
      // What else this thread does is not to be interrupted: it may write to HDFS.
      spark.clearJobGroup();
    }
  }

  /**
   * Whether a task of the last job still runs, which has ended by then. What Spark says may be
   * older by moments, but it knows every task of a job whose end it knows.
   */
  boolean areLeft() {
    JavaSparkStatusTracker tracker = spark.statusTracker();
    OptionalInt last = Arrays.stream(tracker.getJobIdsForGroup(GROUP)).max();
    SparkJobInfo job = last.isEmpty() ? null : tracker.getJobInfo(last.getAsInt());
    if (job == null) {
      return false;
    }
    if (job.status() == JobExecutionStatus.RUNNING) {
      return true;
    }
    for (int id : job.stageIds()) {
      SparkStageInfo stage = tracker.getStageInfo(id);
      if (stage != null && stage.numActiveTasks() > 0) {
        return true;
      }
    }
    return false;
  }
}
