/** The commands that judge and keep models, each a main class; {@code ./fieldwatch} starts them. */
@NullMarked
package io.fieldwatch.model.command;

import org.jspecify.annotations.NullMarked;
