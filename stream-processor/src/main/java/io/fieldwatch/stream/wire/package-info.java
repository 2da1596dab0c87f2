/** The bytes that state is written in: numbered fields, of which a reader skips the unknown. */
@NullMarked
package io.fieldwatch.stream.wire;

import org.jspecify.annotations.NullMarked;
