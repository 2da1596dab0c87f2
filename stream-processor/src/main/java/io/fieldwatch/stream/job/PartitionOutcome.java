package io.fieldwatch.stream.job;

import io.fieldwatch.stream.partition.PartitionState;
import java.io.Serializable;

/**
 * The element of the state RDD: a partition's state after a batch, and what the task says of it.
 * Lives in the memory of its executor and never travels; only the report does.
 */
record PartitionOutcome(PartitionState state, PartitionReport report) implements Serializable {}
