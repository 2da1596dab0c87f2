package io.fieldwatch.local.bench;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs the JMH benchmark of reading-format in a process of its own, and passes its result on. */
final class CodecBenchmark implements Benchmark {
  private static final String MODULE = "reading-format/target/";

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String description() {
    return "Decoding of SenML packs, with its scanner, without, and beside a bare tokenizer.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    String classPath =
        String.join(
            ":",
            installation.file(MODULE + "test-classes").toString(),
            installation.file(MODULE + "classes").toString(),
            Files.readString(installation.file(MODULE + "bench-classpath.txt")).strip());
    return ModulesBenchmark.run(
        List.of("-cp", classPath, "io.fieldwatch.bench.CodecBench"), progress);
  }
}
