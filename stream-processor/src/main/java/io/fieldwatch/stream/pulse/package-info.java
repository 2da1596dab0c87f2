/** What the job says of its last minute: rates, refusals, the slowest hop and leaderboards. */
@NullMarked
package io.fieldwatch.stream.pulse;

import org.jspecify.annotations.NullMarked;
