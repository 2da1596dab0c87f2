/** The stream job: from packs in Kafka to windows, scores and ledgers in InfluxDB. */
@NullMarked
package io.fieldwatch.stream;

import org.jspecify.annotations.NullMarked;
