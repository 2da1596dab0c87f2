/** A CSV file played as a device. */
@NullMarked
package io.fieldwatch.agent.replay;

import org.jspecify.annotations.NullMarked;
