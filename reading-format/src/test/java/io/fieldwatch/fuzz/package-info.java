/** Targets for a coverage-guided fuzzer, run by hand: {@code docs/development/fuzzing.md}. */
@NullMarked
package io.fieldwatch.fuzz;

import org.jspecify.annotations.NullMarked;
