/** What the stream job says of its last minute: rates, hops, refusals and leaderboards. */
@NullMarked
package io.fieldwatch.local.top;

import org.jspecify.annotations.NullMarked;
