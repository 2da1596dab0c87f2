/** Which decoder reads which device's messages, and the decoder of plain JSON. */
@NullMarked
package io.fieldwatch.decode;

import org.jspecify.annotations.NullMarked;
