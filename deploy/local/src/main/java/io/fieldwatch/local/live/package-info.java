/** What flows through a running stack: counters at every hop, and rates from them. */
@NullMarked
package io.fieldwatch.local.live;

import org.jspecify.annotations.NullMarked;
