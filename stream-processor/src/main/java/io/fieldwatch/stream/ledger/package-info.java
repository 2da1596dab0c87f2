/** The batch ledger: what each batch was going to read, and what it has delivered. */
@NullMarked
package io.fieldwatch.stream.ledger;

import org.jspecify.annotations.NullMarked;
