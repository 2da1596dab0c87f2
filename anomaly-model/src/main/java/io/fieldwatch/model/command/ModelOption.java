package io.fieldwatch.model.command;

import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model a command is about. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A model file (default: the bundled one).")
  private @Nullable Path file;

  /** With what its file says of it. */
  StoredModel read() throws IOException {
    return StoredModel.of(file == null ? ModelFile.bundledBytes() : Files.readAllBytes(file));
  }
}
