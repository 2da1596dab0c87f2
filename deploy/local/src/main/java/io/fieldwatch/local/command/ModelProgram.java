package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.SparkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of anomaly-model, in a process of its own: its libraries and ours do not mix. */
final class ModelProgram {
  private static final String MODULE = "anomaly-model";

  private ModelProgram() {}

  /** Runs it to its end with this process's input and output, and returns its exit code. */
  static int run(Installation installation, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkOptions.ofBuild());
    command.addAll(
        List.of(
            "-Xmx2g",
            "-Dfieldwatch.terminal=" + Boolean.getBoolean("fieldwatch.terminal"),
            "-cp",
            installation.jar(MODULE) + ":" + installation.classPath(MODULE),
            mainClass));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
