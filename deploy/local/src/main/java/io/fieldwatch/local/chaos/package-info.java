/** Faults under load on the real local stack, and the proof that nothing came of them. */
@NullMarked
package io.fieldwatch.local.chaos;

import org.jspecify.annotations.NullMarked;
