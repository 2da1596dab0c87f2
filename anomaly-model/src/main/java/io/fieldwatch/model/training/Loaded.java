package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.Recording;
import java.io.Serializable;

/**
 * One device's recording as it was read.
 *
 * @param sha256 of what the recording was made from
 * @param recording without series where nothing of the device could be used
 * @param tally of a log's messages
 */
record Loaded(String sha256, Recording recording, Tally tally) implements Serializable {}
