/** The account of every reading: what agents produced against what is stored. Plain arithmetic. */
@NullMarked
package io.fieldwatch.local.audit;

import org.jspecify.annotations.NullMarked;
