/**
 * What a window of a sensor looks like beside the sensor's own past. Plain Java without any
 * framework: the same code runs in training, in the stream job and on a device.
 */
@NullMarked
package io.fieldwatch.model.feature;

import org.jspecify.annotations.NullMarked;
