/** What the agent and the things that give readings know of each other. */
@NullMarked
package io.fieldwatch.agent.source;

import org.jspecify.annotations.NullMarked;
