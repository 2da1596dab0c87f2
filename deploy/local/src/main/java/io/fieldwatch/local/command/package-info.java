/** The commands of {@code ./fieldwatch}, one class each. */
@NullMarked
package io.fieldwatch.local.command;

import org.jspecify.annotations.NullMarked;
