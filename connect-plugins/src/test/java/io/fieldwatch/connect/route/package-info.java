/** Tests of topic filters and routes. */
@NullMarked
package io.fieldwatch.connect.route;

import org.jspecify.annotations.NullMarked;
