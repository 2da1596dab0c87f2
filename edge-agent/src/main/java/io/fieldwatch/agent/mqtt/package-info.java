/** The way from a spool to the broker, one MQTT session a device. */
@NullMarked
package io.fieldwatch.agent.mqtt;

import org.jspecify.annotations.NullMarked;
