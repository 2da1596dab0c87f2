/** The protocol of the Numenta Anomaly Benchmark, built again from its description. */
@NullMarked
package io.fieldwatch.model.evaluation.nab;

import org.jspecify.annotations.NullMarked;
