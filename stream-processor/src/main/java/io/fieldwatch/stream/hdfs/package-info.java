/** How the job talks to HDFS. */
@NullMarked
package io.fieldwatch.stream.hdfs;

import org.jspecify.annotations.NullMarked;
