/** The state of one device: its clock, its sensors' windows, its ledger. */
@NullMarked
package io.fieldwatch.stream.device;

import org.jspecify.annotations.NullMarked;
