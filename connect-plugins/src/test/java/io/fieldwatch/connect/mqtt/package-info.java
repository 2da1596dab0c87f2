/** Tests; {@code *IT} start Mosquitto, Kafka and a Connect worker as processes of their own. */
@NullMarked
package io.fieldwatch.connect.mqtt;

import org.jspecify.annotations.NullMarked;
