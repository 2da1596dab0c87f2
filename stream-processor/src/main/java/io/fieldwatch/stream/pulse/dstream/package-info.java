/** The DStream operations over the summaries of the batches, and their delivery. */
@NullMarked
package io.fieldwatch.stream.pulse.dstream;

import org.jspecify.annotations.NullMarked;
