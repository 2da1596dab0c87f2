/** The values that travel: a device, a reading, a pack and its identity. */
@NullMarked
package io.fieldwatch.reading;

import org.jspecify.annotations.NullMarked;
