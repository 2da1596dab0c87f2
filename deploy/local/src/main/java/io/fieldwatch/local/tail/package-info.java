/** Kafka records as lines for people. What devices sent is printed without control characters. */
@NullMarked
package io.fieldwatch.local.tail;

import org.jspecify.annotations.NullMarked;
