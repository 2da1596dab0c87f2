/** What an agent says about itself: birth, heartbeat and last will. */
@NullMarked
package io.fieldwatch.status;

import org.jspecify.annotations.NullMarked;
