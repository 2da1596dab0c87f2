package io.fieldwatch.local.bench;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One measured run. To add one, implement this and name it in {@link Benchmarks}. */
public interface Benchmark {
  /** As on the command line. */
  String name();

  /** One sentence: what is measured. */
  String description();

  /**
   * Runs it; takes minutes.
   *
   * @param directory empty, for a stack of its own
   * @param progress takes lines for people
   */
  Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException;
}
