/** Scores feature vectors with a logistic regression read from a model file; plain Java. */
@NullMarked
package io.fieldwatch.model.scorer;

import org.jspecify.annotations.NullMarked;
