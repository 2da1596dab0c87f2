/** Ports on loopback that the servers keep over restarts. */
@NullMarked
package io.fieldwatch.local.port;

import org.jspecify.annotations.NullMarked;
