/** Measured runs; each ends with one line of JSON. */
@NullMarked
package io.fieldwatch.local.bench;

import org.jspecify.annotations.NullMarked;
