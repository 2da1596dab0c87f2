/**
 * The work on Spark Structured Streaming: with Fieldwatch's own decoder and windows, and as a query
 * in SQL.
 */
@NullMarked
package io.fieldwatch.benchmark.structured;

import org.jspecify.annotations.NullMarked;
