/** Thousands of MQTT clients in one thread, for loads that no process per device could make. */
@NullMarked
package io.fieldwatch.local.fleet;

import org.jspecify.annotations.NullMarked;
