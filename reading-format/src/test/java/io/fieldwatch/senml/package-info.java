@NullMarked
package io.fieldwatch.senml;

import org.jspecify.annotations.NullMarked;
