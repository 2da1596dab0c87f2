/** Starts systems under test, measures them, and compares what they wrote with the oracle. */
@NullMarked
package io.fieldwatch.benchmark.run;

import org.jspecify.annotations.NullMarked;
