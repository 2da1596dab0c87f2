/** The agent as a process: its command line, and how its parts are put together. */
@NullMarked
package io.fieldwatch.agent;

import org.jspecify.annotations.NullMarked;
