/**
 * The work on Apache Flink: with Fieldwatch's own decoder and windows, and as a Flink user would.
 */
@NullMarked
package io.fieldwatch.benchmark.flink;

import org.jspecify.annotations.NullMarked;
