/** State snapshots in our own format on HDFS. */
@NullMarked
package io.fieldwatch.stream.snapshot;

import org.jspecify.annotations.NullMarked;
