/** What every system must come to, computed without any of the code that is compared. */
@NullMarked
package io.fieldwatch.benchmark.oracle;

import org.jspecify.annotations.NullMarked;
