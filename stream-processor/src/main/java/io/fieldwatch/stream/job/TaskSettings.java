package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.config.StreamConfig;
import java.io.Serializable;

/**
 * What every task of every batch needs and only another model changes. Sent to each executor once:
 * as a part of the tasks it would be written and read again for each of them.
 */
record TaskSettings(StreamConfig config, Model model, Destination destination)
    implements Serializable {}
