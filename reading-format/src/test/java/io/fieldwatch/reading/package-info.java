@NullMarked
package io.fieldwatch.reading;

import org.jspecify.annotations.NullMarked;
