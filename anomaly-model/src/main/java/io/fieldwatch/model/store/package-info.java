/**
 * Where models live: immutable versions and which of them is current, on HDFS or a local folder.
 */
@NullMarked
package io.fieldwatch.model.store;

import org.jspecify.annotations.NullMarked;
