@NullMarked
package io.fieldwatch.topic;

import org.jspecify.annotations.NullMarked;
