package io.fieldwatch.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param command the program and its arguments
 * @param environment variables added to this process's own
 * @param workingDirectory where it runs; must exist when it starts
 */
public record Launch(List<String> command, Map<String, String> environment, Path workingDirectory) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("Invalid launch: no command");
    }
  }

  /** A command with this process's own environment. */
  public static Launch of(Path workingDirectory, List<String> command) {
    return new Launch(command, Map.of(), workingDirectory);
  }
}
