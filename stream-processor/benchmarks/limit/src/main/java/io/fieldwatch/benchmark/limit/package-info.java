/** The least that any system has to do. */
@NullMarked
package io.fieldwatch.benchmark.limit;

import org.jspecify.annotations.NullMarked;
