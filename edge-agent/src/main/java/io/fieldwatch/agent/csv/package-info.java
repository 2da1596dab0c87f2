/** Readings in CSV files. */
@NullMarked
package io.fieldwatch.agent.csv;

import org.jspecify.annotations.NullMarked;
