/** SenML packs (RFC 8428) in JSON and CBOR, read and written. */
@NullMarked
package io.fieldwatch.senml;

import org.jspecify.annotations.NullMarked;
