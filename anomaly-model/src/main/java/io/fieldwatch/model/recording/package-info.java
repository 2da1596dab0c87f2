/** Recorded readings of devices, read from CSV and cut into windows. */
@NullMarked
package io.fieldwatch.model.recording;

import org.jspecify.annotations.NullMarked;
