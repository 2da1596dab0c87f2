/** What was refused: looking at it, and sending it again after a fix. */
@NullMarked
package io.fieldwatch.local.quarantine;

import org.jspecify.annotations.NullMarked;
