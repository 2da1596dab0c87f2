package io.fieldwatch.local.bench;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a JMH benchmark that lies among the tests of a module in a process of its own, and passes
 * its result on.
 *
 * @param module its folder
 * @param mainClass that runs it and ends with the line of JSON
 */
record JmhBenchmark(String name, String description, String module, String mainClass)
    implements Benchmark {

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    String target = module + "/target/";
    String classPath =
        String.join(
            ":",
            installation.file(target + "test-classes").toString(),
            installation.file(target + "classes").toString(),
            Files.readString(installation.file(target + "bench-classpath.txt")).strip());
    return ModulesBenchmark.run(List.of("-cp", classPath, mainClass), progress);
  }
}
