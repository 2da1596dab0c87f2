/** The job with faults built in. */
@NullMarked
package io.fieldwatch.stream.fault;

import org.jspecify.annotations.NullMarked;
