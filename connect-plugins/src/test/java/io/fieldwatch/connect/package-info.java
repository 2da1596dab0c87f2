/** Tests of the structure. */
@NullMarked
package io.fieldwatch.connect;

import org.jspecify.annotations.NullMarked;
