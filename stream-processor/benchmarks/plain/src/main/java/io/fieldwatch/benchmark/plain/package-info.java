/**
 * The work written without Fieldwatch's decoder and windows, as an engineer at home in Java would:
 * what the idiomatic programs of engines without a query language are made of.
 */
@NullMarked
package io.fieldwatch.benchmark.plain;

import org.jspecify.annotations.NullMarked;
