/** The sensors of the machine the agent runs on. */
@NullMarked
package io.fieldwatch.agent.host;

import org.jspecify.annotations.NullMarked;
