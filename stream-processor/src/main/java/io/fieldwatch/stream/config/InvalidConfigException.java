package io.fieldwatch.stream.config;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;

/** A configuration that cannot be used. The message names every problem, one a line. */
public final class InvalidConfigException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  InvalidConfigException(String file, List<Problem> problems) {
    super(
        "Cannot use configuration %s: %d %s%n%s"
            .formatted(
                file,
                problems.size(),
                problems.size() == 1 ? "problem" : "problems",
                problems.stream()
                    .map(problem -> "  " + problem)
                    .collect(joining(System.lineSeparator()))));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the file's lines. */
  public List<Problem> problems() {
    return problems;
  }
}
