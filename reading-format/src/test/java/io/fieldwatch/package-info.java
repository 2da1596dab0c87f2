@NullMarked
package io.fieldwatch;

import org.jspecify.annotations.NullMarked;
