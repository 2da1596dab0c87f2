/** The job's configuration: one strict YAML file. */
@NullMarked
package io.fieldwatch.stream.config;

import org.jspecify.annotations.NullMarked;
