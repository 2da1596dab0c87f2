package io.fieldwatch.agent.config;

import java.util.List;

/** A configuration that cannot be used. Its problems are sentences for the person who wrote it. */
public final class ConfigException extends Exception {
  private final List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All of them. */
  public List<String> problems() {
    return problems;
  }
}
