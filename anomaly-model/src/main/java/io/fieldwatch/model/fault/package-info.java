/** Faults put into copies of normal recordings, so that a model can learn without labels. */
@NullMarked
package io.fieldwatch.model.fault;

import org.jspecify.annotations.NullMarked;
