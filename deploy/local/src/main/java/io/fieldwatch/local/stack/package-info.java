/** The whole pipeline as processes on this machine: start, stop, kill, restart, await. */
@NullMarked
package io.fieldwatch.local.stack;

import org.jspecify.annotations.NullMarked;
