/**
 * The durable queue between a device's sensors and the broker: segments on disk, recovered after
 * any crash, bounded by a rule. Imports no framework.
 */
@NullMarked
package io.fieldwatch.agent.spool;

import org.jspecify.annotations.NullMarked;
