/**
 * The work on Kafka Streams: with Fieldwatch's own decoder and windows, and as a user of its DSL
 * would.
 */
@NullMarked
package io.fieldwatch.benchmark.kafkastreams;

import org.jspecify.annotations.NullMarked;
