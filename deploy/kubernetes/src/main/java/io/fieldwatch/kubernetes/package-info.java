/** What a Kubernetes cluster is told to run the stream job. */
@NullMarked
package io.fieldwatch.kubernetes;

import org.jspecify.annotations.NullMarked;
