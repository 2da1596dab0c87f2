/** JSON over HTTP to the servers of the stack. */
@NullMarked
package io.fieldwatch.local.rest;

import org.jspecify.annotations.NullMarked;
