/** What a system under test is told, and what it has to write. */
@NullMarked
package io.fieldwatch.benchmark.contract;

import org.jspecify.annotations.NullMarked;
