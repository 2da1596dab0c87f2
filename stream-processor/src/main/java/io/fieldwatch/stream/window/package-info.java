/** Event-time windows and what is known of one: its aggregate and its quantiles. */
@NullMarked
package io.fieldwatch.stream.window;

import org.jspecify.annotations.NullMarked;
