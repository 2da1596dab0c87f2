/** JSON written by hand: no framework, so that it is cheap on the smallest device. */
@NullMarked
package io.fieldwatch.json;

import org.jspecify.annotations.NullMarked;
