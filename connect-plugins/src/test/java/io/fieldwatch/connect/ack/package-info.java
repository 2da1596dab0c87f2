/** Tests of what may be acknowledged, and when. */
@NullMarked
package io.fieldwatch.connect.ack;

import org.jspecify.annotations.NullMarked;
