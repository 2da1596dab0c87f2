/** The launcher's own look into Kafka: topics, offsets, records. */
@NullMarked
package io.fieldwatch.local.kafka;

import org.jspecify.annotations.NullMarked;
