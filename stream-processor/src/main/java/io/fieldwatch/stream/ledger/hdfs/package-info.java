/** Keeps the batch ledger in files on HDFS. */
@NullMarked
package io.fieldwatch.stream.ledger.hdfs;

import org.jspecify.annotations.NullMarked;
