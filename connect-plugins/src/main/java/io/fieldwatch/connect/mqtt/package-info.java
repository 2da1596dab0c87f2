/**
 * The MQTT source connector of Kafka Connect: every message becomes one Kafka record, and is
 * acknowledged to the MQTT broker only after Kafka has it.
 */
@NullMarked
package io.fieldwatch.connect.mqtt;

import org.jspecify.annotations.NullMarked;
