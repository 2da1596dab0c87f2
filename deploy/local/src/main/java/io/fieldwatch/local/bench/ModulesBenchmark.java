package io.fieldwatch.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a benchmark that a module brings itself, in a process of its own. */
final class ModulesBenchmark {
  private ModulesBenchmark() {}

  /**
   * Waits for its end. Its lines go to {@code progress}; the last of them is its result.
   *
   * @param arguments of {@code java}: options, class path, main class and what that takes
   */
  static Result run(List<String> arguments, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String last = "";
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        progress.accept(line);
        last = line.isBlank() ? last : line;
      }
    } finally {
      process.destroy();
    }
    process.waitFor();
    return Result.parse(last);
  }
}
