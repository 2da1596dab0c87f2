/** Points as line protocol, and their awaited delivery to InfluxDB. */
@NullMarked
package io.fieldwatch.stream.influx;

import org.jspecify.annotations.NullMarked;
