/** The wiring: Spark Streaming, Kafka, HDFS and InfluxDB around the state. */
@NullMarked
package io.fieldwatch.stream.job;

import org.jspecify.annotations.NullMarked;
