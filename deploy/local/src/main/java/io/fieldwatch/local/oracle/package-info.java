/** Compares what is in InfluxDB with what the log says must be there. */
@NullMarked
package io.fieldwatch.local.oracle;

import org.jspecify.annotations.NullMarked;
