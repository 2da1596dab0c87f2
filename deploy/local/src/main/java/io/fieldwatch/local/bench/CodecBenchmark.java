package io.fieldwatch.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.stack.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "io.fieldwatch.bench.CodecBench")
            .redirectErrorStream(true)
            .start();
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
