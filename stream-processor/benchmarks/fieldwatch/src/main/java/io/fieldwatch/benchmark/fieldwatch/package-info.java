/** The stream job as a system under test. */
@NullMarked
package io.fieldwatch.benchmark.fieldwatch;

import org.jspecify.annotations.NullMarked;
