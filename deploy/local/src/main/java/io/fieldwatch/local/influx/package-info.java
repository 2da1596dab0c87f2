/** Questions to InfluxDB 1.x in InfluxQL. */
@NullMarked
package io.fieldwatch.local.influx;

import org.jspecify.annotations.NullMarked;
