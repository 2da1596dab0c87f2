@NullMarked
package io.fieldwatch.json;

import org.jspecify.annotations.NullMarked;
