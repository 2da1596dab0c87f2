@NullMarked
package io.fieldwatch.decode;

import org.jspecify.annotations.NullMarked;
