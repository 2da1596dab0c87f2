/** The agent's configuration file: values that are right, or a list of everything wrong with it. */
@NullMarked
package io.fieldwatch.agent.config;

import org.jspecify.annotations.NullMarked;
