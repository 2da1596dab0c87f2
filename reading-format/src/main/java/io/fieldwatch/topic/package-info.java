/** Names of MQTT and Kafka topics, built and parsed in one place. */
@NullMarked
package io.fieldwatch.topic;

import org.jspecify.annotations.NullMarked;
