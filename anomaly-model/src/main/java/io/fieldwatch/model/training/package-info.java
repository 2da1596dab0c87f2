/** Trains models without labels, with Spark MLlib. The only package that needs Spark. */
@NullMarked
package io.fieldwatch.model.training;

import org.jspecify.annotations.NullMarked;
