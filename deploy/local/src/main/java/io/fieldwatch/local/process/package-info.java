/** Child processes: started apart from the terminal, known by files, stopped within a bound. */
@NullMarked
package io.fieldwatch.local.process;

import org.jspecify.annotations.NullMarked;
