/** The state of one Kafka partition, and the run that takes it through a batch of records. */
@NullMarked
package io.fieldwatch.stream.partition;

import org.jspecify.annotations.NullMarked;
