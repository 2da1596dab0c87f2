/** Which MQTT topics go to which Kafka topic. Knows neither MQTT client nor Kafka. */
@NullMarked
package io.fieldwatch.connect.route;

import org.jspecify.annotations.NullMarked;
