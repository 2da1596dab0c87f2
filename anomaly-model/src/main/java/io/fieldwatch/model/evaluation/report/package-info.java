/** Reports of evaluations for people: Markdown, and HTML with everything inside. */
@NullMarked
package io.fieldwatch.model.evaluation.report;

import org.jspecify.annotations.NullMarked;
