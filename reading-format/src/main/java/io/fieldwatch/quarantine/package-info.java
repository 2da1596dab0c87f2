/** Why a message could not be used, and the headers that say so in Kafka. */
@NullMarked
package io.fieldwatch.quarantine;

import org.jspecify.annotations.NullMarked;
