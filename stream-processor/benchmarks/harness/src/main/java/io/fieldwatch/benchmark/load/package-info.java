/** The seeded stream of packs that every system reads. */
@NullMarked
package io.fieldwatch.benchmark.load;

import org.jspecify.annotations.NullMarked;
