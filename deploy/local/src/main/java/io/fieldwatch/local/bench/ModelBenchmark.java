package io.fieldwatch.local.bench;

import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.SparkOptions;
import java.io.IOException;
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
    List<String> arguments = new ArrayList<>(SparkOptions.ofBuild());
    arguments.addAll(
        List.of(
            "-Xmx3g",
            "-cp",
            installation.jar(MODULE) + ":" + installation.classPath(MODULE),
            "io.fieldwatch.model.command.BenchModel",
            "--dir",
            directory.resolve("recordings").toString()));
    return ModulesBenchmark.run(arguments, progress);
  }
}
