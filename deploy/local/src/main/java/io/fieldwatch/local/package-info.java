/** The command line. */
@NullMarked
package io.fieldwatch.local;

import org.jspecify.annotations.NullMarked;
