/** Gathers the evidence of an audit from Kafka and InfluxDB, and waits for quiet. */
@NullMarked
package io.fieldwatch.local.evidence;

import org.jspecify.annotations.NullMarked;
