/** A folder whose new files are published. */
@NullMarked
package io.fieldwatch.agent.folder;

import org.jspecify.annotations.NullMarked;
