package io.fieldwatch.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.SparkOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs anomaly-model's own benchmark in a process of its own, and passes its result on. */
final class ModelBenchmark implements Benchmark {
  private static final String MODULE = "anomaly-model";

  @Override
  public String name() {
    return "model";
  }

  @Override
  public String description() {
    return "Windows scored per second and core, bytes of state per series, time to train on 10 million.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkOptions.ofBuild());
    command.addAll(
        List.of(
            "-Xmx3g",
            "-cp",
            installation.jar(MODULE) + ":" + installation.classPath(MODULE),
            "io.fieldwatch.model.command.BenchModel",
            "--dir",
            directory.resolve("recordings").toString()));
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
