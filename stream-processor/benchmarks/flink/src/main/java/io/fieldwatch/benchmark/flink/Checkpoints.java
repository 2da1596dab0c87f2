package io.fieldwatch.benchmark.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of checkpoints, as Flink lays it out: {@code {job}/chk-{number}/_metadata}. */
final class Checkpoints {
  private static final int DEPTH = 3;

  private Checkpoints() {}

  /** The folder of the newest checkpoint that is complete. */
  static Optional<Path> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> file.getFileName().toString().equals("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(Path::getParent);
    }
  }
}
