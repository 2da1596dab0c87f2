/** Which packs of an epoch have been seen. */
@NullMarked
package io.fieldwatch.stream.dedup;

import org.jspecify.annotations.NullMarked;
