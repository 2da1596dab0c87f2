/** What the runs come to: figures, bounds, and a page with a chart. */
@NullMarked
package io.fieldwatch.benchmark.report;

import org.jspecify.annotations.NullMarked;
