/**
 * Which MQTT messages may be acknowledged: those that Kafka has, in the order in which they came,
 * on the connection they came by. Knows neither MQTT client nor Kafka.
 */
@NullMarked
package io.fieldwatch.connect.ack;

import org.jspecify.annotations.NullMarked;
