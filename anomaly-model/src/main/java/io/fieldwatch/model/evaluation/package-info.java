/** Judges models on labelled data; plain Java. */
@NullMarked
package io.fieldwatch.model.evaluation;

import org.jspecify.annotations.NullMarked;
