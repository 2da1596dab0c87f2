/** Fieldwatch's own decoder and windows, for any engine to plug in. */
@NullMarked
package io.fieldwatch.benchmark.work;

import org.jspecify.annotations.NullMarked;
