@NullMarked
package io.fieldwatch.status;

import org.jspecify.annotations.NullMarked;
